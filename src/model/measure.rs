//! 指标值 and 完成值 as typed values (≥95 %, 3家, 12月底前, 基本符合).
