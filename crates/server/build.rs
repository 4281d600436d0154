//! Makes sure that the folder of the built client exists, so that the server compiles before the client was built.

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=../../dist");
    println!("cargo::rerun-if-changed=../../migrations");
    std::fs::create_dir_all("../../dist")
}
