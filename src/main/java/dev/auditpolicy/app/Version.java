package dev.auditpolicy.app;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of this build: of the module, in the runtime of the packaged command, or else from the manifest of the JAR. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"auditpolicy " + ofThisBuild()};
    }

    static String ofThisBuild() {
        return Optional.ofNullable(Version.class.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion)
                .or(() -> Optional.ofNullable(Version.class.getPackage().getImplementationVersion()))
                .orElse("(development build)");
    }
}
