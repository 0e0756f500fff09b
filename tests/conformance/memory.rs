//! The adapter that keeps everything in memory.

use lucia::conformance::Setup;
use lucia::{LuciaUser, MemoryAdapter, UserId};

use crate::user::{self, User};

pub(crate) struct Memory(MemoryAdapter<User>);

impl Setup for Memory {
    type User = User;
    type Adapter = MemoryAdapter<User>;

    async fn empty() -> Self {
        Self(MemoryAdapter::new())
    }

    async fn adapter(&self) -> MemoryAdapter<User> {
        self.0.clone()
    }

    fn user(id: UserId, n: u32) -> User {
        user::user(id, n)
    }

    fn changes(n: u32) -> <User as LuciaUser>::Changes {
        user::changes(n)
    }
}

lucia::conformance!(rules: Memory);
