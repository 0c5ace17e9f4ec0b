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

/// How to write rules of one's own.
pub const RULES_HELP: &str = "\
本单位的要求（如“满意度指标的分值必须为 10”）可以写成规则，放在 .toml 文件里，
运行 check、convert、summarize、inspect、diff 时加 --rules 文件夹，或在 hebiao.toml 里写 rules。例如
  [[rule]]                            # 一条规则，一个文件可以有多条
  code = \"X01\"                       # 编号：X 加两位或三位数字
  title = \"满意度指标的分值不是 10\"     # 名称，说出错在哪里
  severity = \"error\"                 # error 错误，warning 预警，info 提示
  tables = [\"项目支出自评\"]           # 对哪些表：项目支出自评、部门评价、整体支出自评、
                                      # 转移支付自评、其他；不写就是全部
  each = \"指标\"                      # 逐行看：指标、资金；不写就是整张表看一次
  when = '一级指标.包含(\"满意度\")'    # 只看哪些行，可以不写
  must = '分值 == 10'                 # 必须成立的条件
  cell = '分值'                       # 问题记在哪一格；是一列时，其余的列为有关单元格
  message = \"满意度指标的分值必须为 10；{单元格} 是 {分值}。\"   # 花括号里的会换成值
  advice = \"把分值改为 10，并调整其他指标的分值。\"
  declared = \"{分值}\"                # 申报值、复算值，可以不写
  expected = \"10\"
  basis = \"某县财政局2024年自评通知\"
  [rule.wrong]                        # 错误示例，必须被查出
  indicators = [ { level1 = \"满意度指标\", level3 = \"群众满意度\", weight = 8 } ]
  [rule.right]                        # 正确示例，不能被查出
  indicators = [ { level1 = \"满意度指标\", level3 = \"群众满意度\", weight = 10 } ]

条件用 CEL 的写法，中文名和英文名都可以：
  整张表  标题 title，表类 kind，年度 year，项目名称 project_name，主管部门 department，
          实施单位 implementing_unit，指标 indicators，资金 funds，总分值 total_weight，
          总分 total_score，等次 grade，总体目标 goal，目标完成情况 goal_actual；
          预算 budget，年初预算数 initial_budget，执行数 executed，执行率 execution_rate
          （年度资金总额一行的）
  指标    一级指标 level1，二级指标 level2，三级指标 level3，指标性质 operator，
          指标值 target，计量单位 measure_unit，完成值 actual，分值 weight，得分 score，
          复核得分 review_score，原因 reason，一级指标分值 level1_weight，二级指标分值 level2_weight
  资金    资金名称 label，资金来源 source，年初预算数 initial_budget，预算 budget，
          执行数 executed，分值 weight，执行率 execution_rate，得分 score，原因 reason
  符号    == != < <= > >= + - * / 并且 && 或者 || 不 ! 在其中 in；文字加引号
  函数    包含 contains，开头是 startsWith，结尾是 endsWith，有 filled（有(原因)：填了没有），
          个数 size，合计 sum，最大 max，最小 min，绝对值 abs，四舍五入 round（四舍五入(得分, 1)），
          数 number（数(指标值)：文字里的数，≥95% 是 0.95，208万元是 2080000）
  一列值  指标.筛选(i, 条件) filter，指标.存在(i, 条件) exists，指标.全部(i, 条件) all，
          指标.恰有一个(i, 条件) exists_one，指标.逐个(i, i.分值) map，指标[0] 是第一行
数怎样写：10、0.5，按写的样子精确计算，0.1 + 0.2 就是 0.3；除不尽的保留 28 位。
金额一律是万元（表用元、千元、百万元、亿元的先折成万元），百分数写成小数（执行率 95% 是 0.95），数后面不写单位。
空白的格子：数空白时无法判断，列为“需人工判断”；文字空白时当作没有字。
一个条件最多 2000 字、筛选一类的写法套 3 层，超过计算上限的列为“需人工判断”。

写好后用 hebiao rules check 文件夹 检查，规则自带的正误例会逐条试一遍。";

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
  rules = [\"规则\"]                  # 自己写的规则的文件夹
  evidence = [\"佐证\"]               # 佐证材料的文件夹
  targets = [\"目标表\"]              # 批复的绩效目标表，文件或文件夹
  payments = [\"支付明细.xlsx\"]      # 按项目列出支付金额的清单
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

/// Where each shell looks for its completions.
pub const COMPLETIONS_HELP: &str = "示例：
  hebiao completions bash > ~/.local/share/bash-completion/completions/hebiao
  hebiao completions zsh > ~/.zfunc/_hebiao        （~/.zshrc 里要有 fpath+=~/.zfunc）
  hebiao completions fish > ~/.config/fish/completions/hebiao.fish
  hebiao completions powershell >> $PROFILE";
