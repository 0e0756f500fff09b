// rule: shape/too_many_columns
// A struct has as many fields as Diesel has columns for.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub f1: bool, pub f2: bool, pub f3: bool, pub f4: bool, pub f5: bool, pub f6: bool, pub f7: bool, pub f8: bool,
    pub f9: bool, pub f10: bool, pub f11: bool, pub f12: bool, pub f13: bool, pub f14: bool, pub f15: bool, pub f16: bool,
    pub f17: bool, pub f18: bool, pub f19: bool, pub f20: bool, pub f21: bool, pub f22: bool, pub f23: bool, pub f24: bool,
    pub f25: bool, pub f26: bool, pub f27: bool, pub f28: bool, pub f29: bool, pub f30: bool, pub f31: bool, pub f32: bool,
    pub f33: bool, pub f34: bool, pub f35: bool, pub f36: bool, pub f37: bool, pub f38: bool, pub f39: bool, pub f40: bool,
    pub f41: bool, pub f42: bool, pub f43: bool, pub f44: bool, pub f45: bool, pub f46: bool, pub f47: bool, pub f48: bool,
    pub f49: bool, pub f50: bool, pub f51: bool, pub f52: bool, pub f53: bool, pub f54: bool, pub f55: bool, pub f56: bool,
    pub f57: bool, pub f58: bool, pub f59: bool, pub f60: bool, pub f61: bool, pub f62: bool, pub f63: bool,
    pub f64: bool,
    //  ^^^
}

include!("../../app.rs");
app!(given: f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23, f24, f25, f26, f27, f28, f29, f30, f31; unique:; columnless: f32, f33, f34, f35, f36, f37, f38, f39, f40, f41, f42, f43, f44, f45, f46, f47, f48, f49, f50, f51, f52, f53, f54, f55, f56, f57, f58, f59, f60, f61, f62, f63, f64);
