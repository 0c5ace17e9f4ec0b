//! How to write the files that teach the program (forms, standards, settings), and longer words on use.

/// How to teach the program a form.
pub const FORMS_HELP: &str = "\
本单位的表认不出或认错时，可以写两种 .toml 文件教它，放在一个文件夹里，
运行 check、convert、inspect 时加 --forms 文件夹。

一、词汇文件：表头、栏目的另一种写法，加在已有的意思后面。例如
  [indicator]                       # 指标表头
  target = [\"约定值\", \"承诺值\"]      # 也读作“年度指标值”
  [heading]                         # 基本信息栏目
  project_name = [\"资助事项\"]       # 也读作“项目名称”
空格、全角半角、括号里的单位（如“（万元）”）不必写。一种写法只能有一个意思。
各组和各项的名称，运行 hebiao forms 可以看到。

二、表式文件：凭哪些特征认出一种表，每个文件一种。例如
  name = \"county-grant\"             # 名称：小写英文字母、数字、短横线
  title = \"某县补助资金自评表\"
  kind = \"project_self_evaluation\"  # 评价类型，见下
  source = \"某县财政局2024年通知\"    # 依据
  [[sign]]                          # 特征，可以多条
  points = 40                       # 加多少分，扣分写负数
  where = \"title\"                   # 在哪里找：title 标题，level1 一级指标，any 表中
  any = [\"补助资金自评\"]            # 有其中一个就算
得分最高的表式就是这张表的表式；同分时自己写的优先。
kind 可以是：project_self_evaluation 项目支出自评，department_evaluation 部门（财政）评价，
overall_self_evaluation 部门整体支出自评，transfer_self_evaluation 转移支付自评，other 其他。

写好后用 hebiao forms check 文件 --on 表格 试一试。";

/// How to write a standard.
pub const STANDARDS_HELP: &str = "\
本地的规定与内置标准不同时，可以写一个 .toml 文件，只写不同的地方。例如
  extends = \"ministry-2020\"          # 以哪个内置标准为底
  name = \"my-county-2024\"            # 名称，写在核对结果里
  title = \"某县预算绩效自评办法\"
  document = \"某财绩〔2024〕1号\"
  fund_weight = 20                    # 预算执行率的分值
  [execution]
  reason_below = \"0.9\"               # 执行率低于 90% 须写原因
运行 check、convert、inspect 时加 --standard 文件。
各项的写法和含义，看 hebiao standards ministry-2020；列表（等级、档、权重）写了就整个替换。";

/// How to write settings.
pub const SETTINGS_HELP: &str = "\
设置写在 hebiao.toml 里，放在表格所在的文件夹或它的上级，都可以不写：
  standard = \"hubei\"                # 内置标准，或标准文件（相对于本文件）
  forms = [\"表式\"]                  # 表式和词汇的文件夹
  [severity]                         # 规则的级别：error、warning、info、off
  D14 = \"warning\"
  [tolerance]                        # 容差：score、weight、money、rate
  score = \"0.05\"
  [reasons]                          # 原因
  required = [\"deduction\"]          # 不写原因算错误的：deduction 扣分，
                                     # over_achievement 超额完成，execution 执行率低
  execution_below = \"0.9\"           # 执行率低于多少须写原因
  over_achievement = \"1.5\"          # 完成值达到指标值多少倍须写原因
  [[suppress]]                       # 忽略某个问题，可以多条
  rule = \"A03\"
  table = \"2023*.xlsx\"              # 文件名、工作表名或项目名称，* 代表任意文字
  field = \"F5\"                      # 单元格或字段，可用 *
  reason = \"资金行分值按上级要求另列\"
  expires = \"2026-12-31\"            # 到哪天为止，可以不写";

/// How to use blank forms.
pub const TEMPLATE_EXAMPLES: &str = "\
示例：
  hebiao template 项目支出自评 --year 2024 --unit 某县就业服务中心 -o 自评表.xlsx
  hebiao template 项目支出自评 --from 绩效目标表.xlsx -o 自评表.xlsx
填好后用 hebiao check 核对。";

/// How to check many files, and go on after a stop.
pub const BATCH_HELP: &str = "\
一批文件：
  hebiao check 各单位报送
  hebiao check 各单位报送 --format ndjson --output 结果.ndjson
  hebiao check 各单位报送 --format ndjson --output 结果.ndjson --resume
第二条每核对完一个文件写一行。按 Ctrl-C 停下（把手上的文件做完，退出码 2）或中断以后，
用第三条接着做：路径、内容、程序版本、标准和设置都没有变的不再核对，变了的换成新的一行，
没有写完的最后一行丢掉。";
