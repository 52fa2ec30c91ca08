// SPDX-License-Identifier: Apache-2.0
package com.example.programs;

import com.example.answers.Answers;
import com.example.client.Connection;
import com.example.client.Load;
import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import java.io.IOException;
import java.util.Map;

/** The load client over Hazelcast's own: each request runs on the thread of its key's partition. */
public final class HazelcastLoad {
    private HazelcastLoad() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        ClientConfig config = new ClientConfig();
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.client.statistics.enabled", "false");
        config.getNetworkConfig().addAddress("127.0.0.1:" + args[0]);
        HazelcastInstance client = HazelcastClient.newHazelcastClient(config);
        IMap<Integer, String> map = client.getMap("answers");
        Load.run(() -> new Caller(map));
        client.shutdown();
    }

    private static final class Caller implements Connection {
        private final IMap<Integer, String> map;
        private int key;

        Caller(IMap<Integer, String> map) {
            this.map = map;
        }

        @Override
        public String get(String path) {
            return map.executeOnKey(++key % 100, new Ask(path));
        }

        @Override
        public void close() {}
    }

    /** Runs in the member. */
    private record Ask(String path) implements EntryProcessor<Integer, String, String> {
        @Override
        public String process(Map.Entry<Integer, String> entry) {
            entry.setValue(path);
            return Answers.to(path);
        }
    }
}
