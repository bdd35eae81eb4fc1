package dev.auditpolicy.manifest.flags;

import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.LogFormat;
import dev.auditpolicy.api.v1alpha1.LogVersion;
import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.api.v1alpha1.Truncate;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;

/** Settings of the log that tests draw. */
public final class LogSettings {

    private LogSettings() {}

    private static <T> T any(T[] values, Random random) {
        return List.of(values).get(random.nextInt(values.length));
    }

    /** Every setting, with a value that is valid for kube-apiserver. */
    public static LogBackend random(Random random) {
        var mode = any(Mode.values(), random);
        var batch = new Batch(
                1 + random.nextInt(20000),
                1 + random.nextInt(500),
                new BigDecimal(random.nextInt(2_000_000)).movePointLeft(random.nextInt(10)),
                random.nextBoolean(),
                new BigDecimal(1 + random.nextInt(1_000_000)).movePointLeft(3),
                1 + random.nextInt(100));
        long event = 1L + random.nextInt(1_000_000);
        return new LogBackend(
                "/var/log/a/audit.log",
                random.nextInt(400),
                random.nextInt(200),
                1 + random.nextInt(500),
                random.nextBoolean(),
                any(LogFormat.values(), random),
                mode,
                mode == Mode.BATCH ? batch : null,
                new Truncate(random.nextBoolean(), event + random.nextInt(1000), event),
                random.nextBoolean() ? LogVersion.V1 : null,
                null);
    }
}
