//! The rules of this app for what people type, and the fields that show what they typed.

use lucia::Password;

use crate::form::{Form, NotText};

/// A field: what was typed, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Field {
    /// As it was typed. Nothing for what is no text, and for passwords, which are not sent back.
    pub value: String,
    /// What to change.
    pub error: Option<String>,
}

const NOT_TEXT: &str = "This contains bytes that are not text. Please type it again.";

impl Field {
    /// Reads a field and checks it.
    pub fn read(form: &Form, name: &str, check: impl FnOnce(&str) -> Result<(), &'static str>) -> Self {
        match form.value(name) {
            Ok(value) => Self { value: value.to_owned(), error: check(value).err().map(str::to_owned) },
            Err(NotText) => Self { value: String::new(), error: Some(NOT_TEXT.to_owned()) },
        }
    }

    /// A field that holds this value.
    pub fn holding(value: impl Into<String>) -> Self {
        Self { value: value.into(), error: None }
    }

    /// Whether nothing is wrong with it, as far as is known.
    pub fn is_good(&self) -> bool {
        self.error.is_none()
    }

    /// Something is wrong with it after all.
    pub fn refuse(&mut self, error: impl Into<String>) {
        self.error = Some(error.into());
    }

    /// The password that was typed. What is left is not sent back.
    pub fn take_password(&mut self) -> Password {
        Password::from(std::mem::take(&mut self.value))
    }
}

/// A user name: 1 to 32 printable characters, no white space.
pub fn username(name: &str) -> Result<(), &'static str> {
    if name.is_empty() {
        Err("Please choose a user name.")
    } else if name.chars().count() > 32 {
        Err("A user name has at most 32 characters.")
    } else if name.chars().any(|c| c.is_whitespace() || c.is_control() || is_invisible(c)) {
        Err("A user name has no spaces, line ends or invisible characters.")
    } else {
        Ok(())
    }
}

/// Characters that only format others, so that two names could look the same.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// An e-mail address, or nothing. Whether it exists only a message to it could tell.
pub fn email(address: &str) -> Result<(), &'static str> {
    if address.is_empty() {
        return Ok(());
    }
    let is_plain = !address.chars().any(|c| c.is_whitespace() || c.is_control() || is_invisible(c));
    let has_two_sides = match address.split_once('@') {
        Some((mailbox, host)) => !mailbox.is_empty() && !host.is_empty() && !host.contains('@'),
        None => false,
    };
    if address.len() > 254 {
        Err("An e-mail address has at most 254 characters.")
    } else if is_plain && has_two_sides {
        Ok(())
    } else {
        Err("An e-mail address looks like name@example.com, without spaces. You may also leave it out.")
    }
}

/// An address as it is stored: none when none was typed.
pub fn optional(email: &str) -> Option<String> {
    (!email.is_empty()).then(|| email.to_owned())
}

/// Something has to be typed; whether it is right is found out elsewhere.
pub fn something(value: &str) -> Result<(), &'static str> {
    if value.is_empty() { Err("Please fill this in.") } else { Ok(()) }
}

/// What lucia says about a value, as a sentence of its own.
pub fn sentence(error: &lucia::Error) -> String {
    let text = error.to_string();
    let mut characters = text.chars();
    let first = characters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_names_are_1_to_32_printable_characters() {
        let longest = "é".repeat(32);
        for good in ["a", "ada", "Ada_1", "ада", "阿达", "a@b", "<b>", "😀", longest.as_str()] {
            assert_eq!(username(good), Ok(()), "{good}");
        }
        let too_long = "a".repeat(33);
        for bad in [
            "",
            " ",
            "a b",
            " a",
            "a\t",
            "a\n",
            "a\0",
            "a\u{7f}",
            "a\u{85}",
            "a\u{a0}b",
            "\u{200b}",
            "a\u{202e}b",
            "a\u{feff}",
            too_long.as_str(),
        ] {
            assert!(username(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn an_address_has_one_at_sign_between_two_sides() {
        for good in ["", "a@b", "ada@example.com", "a+b.c@d-e.f", "ä@ö.example"] {
            assert_eq!(email(good), Ok(()), "{good}");
        }
        let too_long = format!("a@{}", "b".repeat(253));
        for bad in ["a", "@", "a@", "@b", "a@b@c", "a b@c", "a@b ", "a\0@b", "a@b\n", too_long.as_str()] {
            assert!(email(bad).is_err(), "{bad:?}");
        }
    }
}
