// rule: shape/too_many_columns
// More than 32 fields take a feature of lucia.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
//         ^^^^
    pub id: UserId,
    pub f1: bool, pub f2: bool, pub f3: bool, pub f4: bool, pub f5: bool, pub f6: bool, pub f7: bool, pub f8: bool,
    pub f9: bool, pub f10: bool, pub f11: bool, pub f12: bool, pub f13: bool, pub f14: bool, pub f15: bool, pub f16: bool,
    pub f17: bool, pub f18: bool, pub f19: bool, pub f20: bool, pub f21: bool, pub f22: bool, pub f23: bool, pub f24: bool,
    pub f25: bool, pub f26: bool, pub f27: bool, pub f28: bool, pub f29: bool, pub f30: bool, pub f31: bool, pub f32: bool,
}

include!("../../app.rs");
app!(given: f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23, f24, f25, f26, f27, f28, f29, f30, f31; unique:; columnless: f32);
