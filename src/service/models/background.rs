//! Work that may take as long as it likes.

/// Lets every other thread go first. On systems without priorities for single
/// threads it does nothing.
pub fn give_way() {
    // 19 is the least urgent that there is; Linux takes it of a thread, not of
    // the process.
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(None, 19) {
        tracing::debug!(%error, "the priority of a thread could not be lowered");
    }
}
