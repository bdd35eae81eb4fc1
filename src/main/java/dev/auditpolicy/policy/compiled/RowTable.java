package dev.auditpolicy.policy.compiled;

import dev.auditpolicy.policy.RequestAttributes;
import java.util.List;

/** Finds the first of some rows that a request matches: 64 of them in each step, whatever they say. */
final class RowTable {

    /** What {@link #firstMatch} gives if no row matches. */
    static final int NONE = -1;

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
    private final int words;
    private final long[] masks;
    private final int[] rules;

    RowTable(List<Row> rows) {
        Masks collected = new Masks(rows.size());
        users = ValueIndex.of(rows, Row::users, collected);
        userGroups = ValueIndex.of(rows, Row::userGroups, collected);
        verbs = ValueIndex.of(rows, Row::verbs, collected);
        namespaces = ValueIndex.of(rows, Row::namespaces, collected);
        apiGroups = ValueIndex.of(rows, Row::apiGroups, collected);
        resources = ValueIndex.of(rows, row -> row.resources().whole(), collected);
        parents = ValueIndex.of(rows, row -> row.resources().parents(), collected);
        subresources = ValueIndex.of(rows, row -> row.resources().subresources(), collected);
        names = ValueIndex.of(rows, Row::names, collected);
        paths = PathIndex.of(rows, collected);
        words = collected.words();
        masks = collected.toArray();
        rules = rows.stream().mapToInt(Row::rule).toArray();
    }

    /** The index of the rule of the first row that matches, or {@link #NONE}. */
    int firstMatch(RequestAttributes request) {
        return request.isResourceRequest() ? firstForResource(request) : firstForPath(request);
    }

    private int firstForResource(RequestAttributes request) {
        int user = user(request);
        int verb = verbs.find(request.verb());
        int namespace = namespaces.find(request.namespace());
        int apiGroup = apiGroups.find(request.apiGroup());
        int name = names.find(request.name());
        boolean onSubresource = !request.subresource().isEmpty();
        int parent = parents.find(request.resource());
        int subresource = onSubresource ? subresources.find(request.subresource()) : subresources.otherwise();
        int resource = onSubresource
                ? resources.find(request.resource(), request.subresource())
                : resources.find(request.resource());
        for (int word = 0; word < words; word++) {
            long rows = masks[user + word]
                    & masks[verb + word]
                    & masks[namespace + word]
                    & masks[apiGroup + word]
                    & masks[name + word]
                    & (masks[resource + word] | masks[parent + word] | masks[subresource + word]);
            if (rows != 0) {
                rows &= acceptingGroups(request, word);
            }
            if (rows != 0) {
                return rule(word, rows);
            }
        }
        return NONE;
    }

    private int firstForPath(RequestAttributes request) {
        int user = user(request);
        int verb = verbs.find(request.verb());
        int path = paths.find(request.path());
        for (int word = 0; word < words; word++) {
            long rows = masks[user + word] & masks[verb + word] & masks[path + word];
            if (rows != 0) {
                rows &= acceptingGroups(request, word);
            }
            if (rows != 0) {
                return rule(word, rows);
            }
        }
        return NONE;
    }

    private int user(RequestAttributes request) {
        return request.user() == null ? users.otherwise() : users.find(request.user());
    }

    private long acceptingGroups(RequestAttributes request, int word) {
        long rows = masks[userGroups.otherwise() + word];
        if (request.user() != null && !userGroups.isEmpty()) {
            List<String> groups = request.groups();
            for (int index = 0; index < groups.size(); index++) {
                rows |= masks[userGroups.find(groups.get(index)) + word];
            }
        }
        return rows;
    }

    private int rule(int word, long rows) {
        return rules[word * Long.SIZE + Long.numberOfTrailingZeros(rows)];
    }
}
