//! The scanner on pictures: drawn ones under every condition that a label meets, and photos where there are some.

mod drawing;
mod generated;
mod photos;
