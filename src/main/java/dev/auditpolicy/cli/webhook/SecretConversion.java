package dev.auditpolicy.cli.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.auditpolicy.webhook.entry.KubeconfigProblem;
import dev.auditpolicy.webhook.kubeconfig.KubeconfigReader;
import dev.auditpolicy.webhook.kubeconfig.KubeconfigReading;
import dev.auditpolicy.webhook.kubeconfig.NamedFile;
import dev.auditpolicy.webhook.sink.WebhookKubeconfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes a Secret of a kubeconfig and the files that it names. */
public final class SecretConversion {

    private final CopiedFiles files;
    private final KubeconfigReader reader;
    private final KeyNames names = new KeyNames();
    private final SortedMap<String, String> keys = new TreeMap<>();
    private final List<String> notes = new ArrayList<>();
    private final List<KubeconfigProblem> problems = new ArrayList<>();
    private final Set<String> fieldsWithProblems = new HashSet<>();

    private SecretConversion(CopiedFiles files, KubeconfigReader reader) {
        this.files = files;
        this.reader = reader;
    }

    /**
     * The keys of the Secret.
     *
     * @param notes which file has become which key
     * @param problems with which the operator would not use the Secret
     * @param warnings what works, and probably not as it was meant
     */
    public record Result(
            SortedMap<String, String> keys,
            List<String> notes,
            List<KubeconfigProblem> problems,
            List<KubeconfigProblem> warnings) {}

    /**
     * Reads the files and checks what becomes of them.
     *
     * @throws IOException if the kubeconfig cannot be read
     */
    public static Result of(CopiedFiles files, KubeconfigReader reader) throws IOException {
        return new SecretConversion(files, reader).convert(CopiedFiles.read(files.kubeconfig()));
    }

    private Result convert(byte[] kubeconfig) throws IOException {
        KubeconfigText text = new KubeconfigText(
                text(kubeconfig).orElseThrow(() -> new IOException("not text in UTF-8, so no kubeconfig")));
        NamedFile.in(kubeconfig).forEach(file -> add(file, text));
        keys.put(WebhookKubeconfig.KEY, text.replaced());
        SortedMap<String, byte[]> bytes = new TreeMap<>();
        keys.forEach((key, content) -> bytes.put(key, content.getBytes(UTF_8)));
        KubeconfigReading reading = reader.read(bytes);
        if (reading instanceof KubeconfigReading.Unusable unusable) {
            // What has no key is a problem for the reader as well.
            unusable.problems().stream()
                    .filter(problem -> !fieldsWithProblems.contains(problem.field()))
                    .forEach(problems::add);
        }
        return new Result(keys, notes, problems, reading.warnings());
    }

    private void add(NamedFile file, KubeconfigText text) {
        Optional<Path> copy = files.find(file.path());
        if (copy.isEmpty()) {
            report(
                    file,
                    "there is no copy of this file at "
                            + files.places(file.path()).stream()
                                    .map(Path::toString)
                                    .collect(joining(" or ")),
                    "copy it from the node to one of these places, or pass --webhook-files with a directory that has it;"
                            + " on the node itself, that is --webhook-files /");
            return;
        }
        String key = names.of(file);
        Optional<String> content = content(file, copy.get());
        if (content.isEmpty()) {
            return;
        }
        if (!file.path().equals(key) && !text.replace(file, key)) {
            report(
                    file,
                    "the path is not written in one piece, so it cannot be replaced by the name of a key",
                    "write it on the line of the field, without anchors and escapes");
            return;
        }
        keys.put(key, content.get());
        notes.add(file.field() + ": " + file.path() + ", read from " + copy.get() + ", is the key " + key);
    }

    private Optional<String> content(NamedFile file, Path copy) {
        try {
            Optional<String> content = text(CopiedFiles.read(copy));
            if (content.isEmpty()) {
                report(file, copy + " is not text", "convert it to PEM");
            }
            return content;
        } catch (IOException failure) {
            report(file, "cannot read " + copy + ": " + failure.getMessage(), "make it readable for you");
            return Optional.empty();
        }
    }

    private void report(NamedFile file, String reason, String fix) {
        fieldsWithProblems.add(file.field());
        problems.add(new KubeconfigProblem(file.field(), file.path(), reason, fix));
    }

    /** As the agent writes it: only text. */
    private static Optional<String> text(byte[] content) {
        try {
            return Optional.of(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }
}
