//! One file an endpoint, as in `src/routes`.

mod assets;
mod events_get;
mod health;
mod imports_post;
mod label_sheets;
mod layers;
mod openapi;
mod passkeys;
mod ping;
mod readings_get;
mod role_matrix;
mod roles;
mod session;
