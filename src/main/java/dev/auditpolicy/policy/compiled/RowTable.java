package dev.auditpolicy.policy.compiled;

import dev.auditpolicy.policy.evaluate.RequestAttributes;
import java.util.BitSet;
import java.util.List;

/**
 * Finds the first row that matches a request. Each step tests 64 rows at once; a first step on the summaries skips words of
 * rows that cannot match. The methods pass offsets in {@link RowMasks} as {@code int}, because objects would be allocated.
 */
final class RowTable {

    /** The result of {@link #firstMatch} if no row matches. */
    static final int NONE = -1;

    private static final int NO_ROW = Integer.MAX_VALUE;

    private final ValueIndex users;
    private final ValueIndex userGroups;
    private final ValueIndex verbs;
    private final ValueIndex namespaces;
    private final ValueIndex apiGroups;
    private final ValueIndex resources;
    private final ValueIndex parents;
    private final ValueIndex subresources;
    private final ValueIndex names;
    private final PathIndex paths;
    private final int anyGroup;
    private final int everyRow;
    private final int noRow;
    private final boolean hasOneWord;
    private final long[] masks;
    private final int[] rules;

    RowTable(List<Row> rows) {
        var collected = new RowMasks(rows.size());
        users = ValueIndex.of(rows, Row::users, collected);
        userGroups = ValueIndex.of(rows, row -> row.userGroups().named(), collected);
        verbs = ValueIndex.of(rows, Row::verbs, collected);
        namespaces = ValueIndex.of(rows, Row::namespaces, collected);
        apiGroups = ValueIndex.of(rows, Row::apiGroups, collected);
        resources = ValueIndex.of(rows, row -> row.resources().whole(), collected);
        parents = ValueIndex.of(rows, row -> row.resources().parents(), collected);
        subresources = ValueIndex.of(rows, row -> row.resources().subresources(), collected);
        names = ValueIndex.of(rows, Row::names, collected);
        paths = PathIndex.of(rows, collected);
        anyGroup = ValueIndex.of(rows, Row::userGroups, collected).unnamed();
        var allRows = new BitSet();
        allRows.set(0, rows.size());
        everyRow = collected.offsetOf(allRows);
        noRow = collected.offsetOf(new BitSet());
        hasOneWord = collected.words() == 1;
        masks = collected.toArray();
        rules = rows.stream().mapToInt(Row::rule).toArray();
    }

    /** The index of the rule of the first row that matches, or {@link #NONE}. */
    int firstMatch(RequestAttributes request) {
        int row = request.isResourceRequest() ? firstForResource(request) : firstForPath(request);
        return row == NO_ROW ? NONE : rules[row];
    }

    private int firstForResource(RequestAttributes request) {
        boolean onSubresource = !request.subresource().isEmpty();
        return first(
                request,
                namespaces.find(request.namespace()),
                apiGroups.find(request.apiGroup()),
                names.find(request.name()),
                onSubresource
                        ? resources.find(request.resource(), request.subresource())
                        : resources.find(request.resource()),
                parents.find(request.resource()),
                onSubresource ? subresources.find(request.subresource()) : noRow);
    }

    private int firstForPath(RequestAttributes request) {
        return first(request, everyRow, everyRow, everyRow, paths.find(request.path()), noRow, noRow);
    }

    /** The first row that matches regardless of groups or by one of the user's groups. */
    private int first(
            RequestAttributes request,
            int namespace,
            int apiGroup,
            int name,
            int resource,
            int parent,
            int subresource) {
        int user = request.user() == null ? users.unnamed() : users.find(request.user());
        int verb = verbs.find(request.verb());
        int first = first(anyGroup, user, verb, namespace, apiGroup, name, resource, parent, subresource);
        if (request.user() == null || userGroups.isEmpty()) {
            return first;
        }
        List<String> groups = request.groups();
        for (int index = 0; index < groups.size(); index++) {
            int group = userGroups.find(groups.get(index));
            if (group != noRow) {
                int row = first(group, user, verb, namespace, apiGroup, name, resource, parent, subresource);
                first = Math.min(first, row);
            }
        }
        return first;
    }

    private int first(
            int group,
            int user,
            int verb,
            int namespace,
            int apiGroup,
            int name,
            int resource,
            int parent,
            int subresource) {
        long words =
                hasOneWord ? 1 : common(0, group, user, verb, namespace, apiGroup, name, resource, parent, subresource);
        while (words != 0) {
            int word = Long.numberOfTrailingZeros(words);
            long rows = common(word + 1, group, user, verb, namespace, apiGroup, name, resource, parent, subresource);
            if (rows != 0) {
                return word * Long.SIZE + Long.numberOfTrailingZeros(rows);
            }
            words &= words - 1;
        }
        return NO_ROW;
    }

    private long common(
            int word,
            int group,
            int user,
            int verb,
            int namespace,
            int apiGroup,
            int name,
            int resource,
            int parent,
            int subresource) {
        return masks[group + word]
                & masks[user + word]
                & masks[verb + word]
                & masks[namespace + word]
                & masks[apiGroup + word]
                & masks[name + word]
                & (masks[resource + word] | masks[parent + word] | masks[subresource + word]);
    }
}
