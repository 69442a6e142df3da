package dev.heddle.bench.run;

import dev.heddle.bench.result.Result;

/// A run was interrupted before it was over.
public final class StoppedEarly extends InterruptedException {
    private static final long serialVersionUID = 1;

    private final transient Result soFar;

    /// @param soFar what there is until then
    public StoppedEarly(Result soFar) {
        super("stopped early");
        this.soFar = soFar;
    }

    /// What there is until then. What was still on its way counts neither as done nor as lost.
    public Result soFar() {
        return soFar;
    }
}
