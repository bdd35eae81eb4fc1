package dev.auditpolicy.controller.host;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;

/** Each kube-apiserver renews its Lease every 10 s. Only a new Lease and one that is gone say anything. */
public final class NoUpdates implements OnUpdateFilter<Lease> {

    @Override
    public boolean accept(Lease now, Lease before) {
        return false;
    }
}
