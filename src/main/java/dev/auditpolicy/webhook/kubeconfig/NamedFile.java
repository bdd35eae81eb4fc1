package dev.auditpolicy.webhook.kubeconfig;

import dev.auditpolicy.policy.tree.MalformedDocumentException;
import dev.auditpolicy.policy.tree.Position;
import dev.auditpolicy.policy.tree.Tree;
import dev.auditpolicy.policy.yaml.Document;
import dev.auditpolicy.webhook.entry.Entry;
import dev.auditpolicy.webhook.entry.Problems;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file that kube-apiserver reads because a kubeconfig names it.
 *
 * @param field such as {@code clusters[0].cluster.certificate-authority}
 * @param path as it is written
 * @param position where it is written
 */
public record NamedFile(String field, String path, Position position) {

    private static final List<String> OF_USER = List.of("client-certificate", "client-key", "tokenFile");

    /** Those of the cluster and the user of the current context; none if it cannot be read. */
    public static List<NamedFile> in(byte[] kubeconfig) {
        return root(kubeconfig).flatMap(CurrentContext::of).stream()
                .flatMap(context -> Stream.concat(
                        named(context.cluster(), TlsReader.AUTHORITY).stream(),
                        OF_USER.stream().flatMap(field -> named(context.user(), field).stream())))
                .toList();
    }

    private static Optional<Entry> root(byte[] kubeconfig) {
        try {
            return Optional.of(new Entry("", Document.read(kubeconfig).root(), new Problems()));
        } catch (MalformedDocumentException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<NamedFile> named(Entry entry, String field) {
        return entry.text(field).flatMap(path -> entry.tree()
                .field(field)
                .map(Tree::position)
                .map(position -> new NamedFile(entry.path(field), path, position)));
    }
}
