package dev.auditpolicy.webhook.kubeconfig;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.auditpolicy.policy.tree.Tree;
import dev.auditpolicy.webhook.entry.Entry;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The headers for {@code as}, which kube-apiserver sends over http, too. */
final class Impersonation {

    private Impersonation() {}

    static Map<String, List<String>> headers(Entry user) {
        var headers = new LinkedHashMap<String, List<String>>();
        user.text("as").ifPresent(name -> headers.put("Impersonate-User", List.of(name)));
        user.text("as-uid").ifPresent(uid -> headers.put("Impersonate-Uid", List.of(uid)));
        var groups = texts(user, "as-groups");
        if (!groups.isEmpty()) {
            headers.put("Impersonate-Group", groups);
        }
        user.object("as-user-extra").ifPresent(extra -> {
            if (extra.tree() instanceof Tree.Fields fields) {
                fields.fields()
                        .forEach(field -> headers.put(
                                "Impersonate-Extra-" + URLEncoder.encode(field.name(), UTF_8),
                                texts(extra, field.name())));
            }
        });
        if (!headers.isEmpty() && !headers.containsKey("Impersonate-User")) {
            user.problems()
                    .refuse(
                            user.path("as"),
                            "",
                            "kube-apiserver does not start: \"requesting uid, groups or user-extra without impersonating a"
                                    + " user\"",
                            "set as, or remove as-uid, as-groups and as-user-extra");
        }
        return headers;
    }

    private static List<String> texts(Entry entry, String field) {
        return entry.list(field).stream()
                .map(Entry::tree)
                .filter(Tree.Text.class::isInstance)
                .map(text -> ((Tree.Text) text).value())
                .toList();
    }
}
