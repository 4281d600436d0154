//! The rules and the engine as a whole, through their public face.

mod sim;
