package dev.heddle;

import dev.heddle.control.Readiness;
import dev.heddle.net.Admission;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/// How far a server is on its way to its end, and whether there is room in it. **Thread-safe.**
final class Standing implements Readiness {
    private final Admission admission;
    private final BooleanSupplier isLacking;
    private volatile boolean leaving;
    private volatile boolean draining;

    /// @param isLacking whether something beyond this process is lacking that new clients need
    Standing(Admission admission, BooleanSupplier isLacking) {
        this.admission = admission;
        this.isLacking = isLacking;
    }

    /// Announces that the server will stop soon: new clients should go elsewhere, but are still
    /// served.
    void leave() {
        leaving = true;
    }

    /// Announces that the server sends its clients away.
    void drain() {
        leaving = true;
        draining = true;
    }

    @Override
    public Optional<String> obstacle() {
        return draining
                ? Optional.of("draining")
                : leaving
                        ? Optional.of("stopping soon")
                        : isLacking.getAsBoolean()
                                ? Optional.of("the engine cannot be reached")
                                : admission.lack();
    }

    @Override
    public boolean isDraining() {
        return draining;
    }
}
