// rule: lengths/row_too_long
// What is unique fits into a row, all together.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique, max_length = 672)]
    pub f1: String,
    #[lucia(unique, max_length = 672)]
    pub f2: String,
    #[lucia(unique, max_length = 672)]
    pub f3: String,
    #[lucia(unique, max_length = 672)]
    pub f4: String,
    #[lucia(unique, max_length = 672)]
    pub f5: String,
    #[lucia(unique, max_length = 672)]
    pub f6: String,
    #[lucia(unique, max_length = 672)]
    pub f7: String,
    #[lucia(unique, max_length = 672)]
    pub f8: String,
    #[lucia(unique, max_length = 672)]
    pub f9: String,
    #[lucia(unique, max_length = 672)]
    pub f10: String,
    #[lucia(unique, max_length = 672)]
    pub f11: String,
    #[lucia(unique, max_length = 672)]
    pub f12: String,
    #[lucia(unique, max_length = 672)]
    pub f13: String,
    #[lucia(unique, max_length = 672)]
    pub f14: String,
    #[lucia(unique, max_length = 672)]
    pub f15: String,
    #[lucia(unique, max_length = 672)]
    pub f16: String,
    #[lucia(unique, max_length = 672)]
    pub f17: String,
    #[lucia(unique, max_length = 672)]
    pub f18: String,
    #[lucia(unique, max_length = 672)]
    pub f19: String,
    #[lucia(unique, max_length = 672)]
    pub f20: String,
    #[lucia(unique, max_length = 672)]
    pub f21: String,
    #[lucia(unique, max_length = 672)]
    pub f22: String,
    #[lucia(unique, max_length = 672)]
    pub f23: String,
    #[lucia(unique, max_length = 672)]
    //                           ^^^
    pub f24: String,
}

include!("../../app.rs");
app!(given: f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23, f24; unique: f1, f24);
