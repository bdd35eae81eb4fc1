package dev.auditpolicy.host;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;

/** The {@link Journal} as a durable file of the node. */
public final class JournalFile {

    /** Where it lies on every node. */
    public static final String PATH = "/var/lib/auditpolicy/journal.json";

    private final NodeFiles files;
    private final String path;
    private final ObjectMapper json = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    public JournalFile(NodeFiles files, String path) {
        this.files = files;
        this.path = path;
    }

    /** What was last written; an empty journal when nothing was. */
    public Journal read() throws IOException {
        var image = files.read(path);
        return image.isPresent() ? json.readValue(image.get().text(), Journal.class) : Journal.empty();
    }

    /** Returns when {@code journal} is on disk to stay. */
    public void write(Journal journal) throws IOException {
        Optional<FileImage> now = files.read(path);
        files.replace(path, now, FileImage.rootOnly(json.writeValueAsString(journal) + "\n"));
    }
}
