// SPDX-License-Identifier: Apache-2.0
package com.example.kafka;

import com.example.answers.Answers;
import com.example.answers.Census;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.Uuid;

/** A Kafka broker that is its own controller: formats its storage, then becomes what its users start. */
public final class KafkaBroker {
    private KafkaBroker() {}

    public static void main(String[] args) throws IOException {
        int broker;
        int controller;
        // Both at once: a port that is closed again may be the next to be given.
        try (ServerSocket one = free();
                ServerSocket other = free()) {
            broker = one.getLocalPort();
            controller = other.getLocalPort();
        }
        Path home = Files.createTempDirectory("kafka");
        Path properties = Files.write(home.resolve("server.properties"), properties(home, broker, controller));
        int formatted = kafka.tools.StorageTool.execute(
                new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", properties.toString()},
                new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));
        if (formatted != 0 || Answers.to("").isEmpty()) {
            throw new IllegalStateException("StorageTool format: " + formatted);
        }
        Census.listening(broker);
        kafka.Kafka.main(new String[] {properties.toString()});
    }

    private static List<String> properties(Path home, int broker, int controller) {
        return List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controller,
                "listeners=PLAINTEXT://127.0.0.1:" + broker + ",CONTROLLER://127.0.0.1:" + controller,
                "controller.listener.names=CONTROLLER",
                "log.dirs=" + home.resolve("logs"),
                "num.network.threads=2",
                "num.io.threads=3",
                "num.partitions=1",
                "offsets.topic.num.partitions=1",
                "offsets.topic.replication.factor=1",
                "log.cleaner.enable=false");
    }

    private static ServerSocket free() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
