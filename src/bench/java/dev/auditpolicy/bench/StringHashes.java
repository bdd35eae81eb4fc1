package dev.auditpolicy.bench;

import dev.auditpolicy.policy.evaluate.RequestAttributes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * Clears the cached hash codes of strings, so that a benchmark can use the same strings again as if they were new.
 * Needs {@code --add-opens=java.base/java.lang=ALL-UNNAMED}.
 */
final class StringHashes {

    private static final VarHandle HASH = hash();

    void forget(RequestAttributes request) {
        HASH.set(request.user(), 0);
        List<String> groups = request.groups();
        for (int index = 0; index < groups.size(); index++) {
            HASH.set(groups.get(index), 0);
        }
        HASH.set(request.verb(), 0);
        HASH.set(request.namespace(), 0);
        HASH.set(request.apiGroup(), 0);
        HASH.set(request.resource(), 0);
        HASH.set(request.subresource(), 0);
        HASH.set(request.name(), 0);
        HASH.set(request.path(), 0);
    }

    private static VarHandle hash() {
        try {
            return MethodHandles.privateLookupIn(String.class, MethodHandles.lookup())
                    .findVarHandle(String.class, "hash", int.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("String has no field hash, or --add-opens is missing", e);
        }
    }
}
