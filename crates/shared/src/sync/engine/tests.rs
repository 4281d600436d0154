//! Claims about the engine through `step` alone. What only shows under chance is held by the simulation.

mod drain;
mod peers;
mod photos;
mod rig;
mod settings;
mod start;
mod stop;
