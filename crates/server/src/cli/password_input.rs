//! Where passwords come from: a pipe, or a terminal that doesn't show them.

use std::io::{BufRead, IsTerminal};

use super::CommandError;

/// Reads one password: a line of standard input, or typed twice at the terminal.
pub(super) fn read(from_stdin: bool) -> Result<String, CommandError> {
    if from_stdin {
        return first_line(&mut std::io::stdin().lock());
    }
    if !std::io::stdin().is_terminal() {
        return Err(CommandError::Refused(
            "there is no terminal to ask for the password; give it by --password-stdin, \
             such as: printf %s 'THE PASSWORD' | meterline user ... --password-stdin"
                .into(),
        ));
    }
    let first = ask("Password (at least 10 characters): ")?;
    if ask("The same again: ")? == first {
        Ok(first)
    } else {
        Err(CommandError::Refused(
            "the two passwords differ; nothing was changed, run it again".into(),
        ))
    }
}

fn ask(prompt: &str) -> Result<String, CommandError> {
    rpassword::prompt_password(prompt).map_err(io)
}

fn first_line(input: &mut impl BufRead) -> Result<String, CommandError> {
    let mut line = String::new();
    input.read_line(&mut line).map_err(io)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn io(cause: std::io::Error) -> CommandError {
    CommandError::Io {
        what: "the password can't be read".into(),
        cause,
    }
}
