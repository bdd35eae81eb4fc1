package dev.auditpolicy.api.v1alpha1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Absent and empty lists mean the same in audit.k8s.io/v1. */
final class Lists {
    private Lists() {}

    static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
