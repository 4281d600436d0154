//! Whether it is dark where the camera looks: said only when it stays so, as a hand before the lens is dark too.

/// So many frames of one kind, about a second, before it counts.
const STEADY_FRAMES: u32 = 10;

/// What the last frames were like.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Darkness {
    is_dark: bool,
    /// Frames in a row that were otherwise.
    otherwise: u32,
}

impl Darkness {
    /// Takes the next frame; gives the new state when it has changed for good.
    pub(crate) fn changed_by(&mut self, dark: bool) -> Option<bool> {
        self.otherwise = if dark == self.is_dark {
            0
        } else {
            self.otherwise + 1
        };
        if self.otherwise < STEADY_FRAMES {
            return None;
        }
        *self = Darkness {
            is_dark: dark,
            otherwise: 0,
        };
        Some(dark)
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_hand_before_the_lens_is_no_dark_cellar() {
        let mut darkness = Darkness::default();
        let mut told = |dark: bool, frames: u32| -> Vec<bool> {
            (0..frames).filter_map(|_| darkness.changed_by(dark)).collect()
        };
        assert!(told(true, STEADY_FRAMES - 1).is_empty());
        assert!(told(false, 1).is_empty());
        assert_eq!(told(true, 3 * STEADY_FRAMES), [true]);
        assert_eq!(told(false, 3 * STEADY_FRAMES), [false]);
    }
}
