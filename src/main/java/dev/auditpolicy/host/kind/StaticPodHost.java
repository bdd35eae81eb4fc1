package dev.auditpolicy.host.kind;

import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.unit.UnitState;
import java.util.Optional;

/** kubelet, which watches a directory of manifests and needs nobody. */
public record StaticPodHost() implements ApiServerHost {

    @Override
    public Optional<UnitState> unit(Optional<String> dropIn, Optional<ApiServerProcess> process) {
        return Optional.empty();
    }

    @Override
    public boolean restartsOnChange() {
        return true;
    }

    @Override
    public Optional<String> load() {
        return Optional.empty();
    }

    @Override
    public void start() {}

    @Override
    public void startIfDown() {}

    @Override
    public boolean isStopping() {
        return false;
    }
}
