import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { handleUnaryCall } from '@grpc/grpc-js';

type Empty = InstanceType<typeof shared.Empty>;

/** What the client asks before it first appends. */
export const supportedMethods: handleUnaryCall<Empty, InstanceType<typeof features.SupportedMethods>> = (_, answer) => {
  const methods = ['append', 'batchappend', 'read'].map((method) =>
    new features.SupportedMethod().setServiceName('event_store.client.streams.streams').setMethodName(method),
  );
  answer(null, new features.SupportedMethods().setEventStoreServerVersion('0.0.0.0').setMethodsList(methods));
};

/** What the client asks of a cluster, to find its leader: the one node there is. */
export const membersAt =
  (port: () => number): handleUnaryCall<Empty, InstanceType<typeof gossip.ClusterInfo>> =>
  (_, answer) => {
    const leader = new gossip.MemberInfo()
      .setInstanceId(new shared.UUID().setString(crypto.randomUUID()))
      .setTimeStamp(String(Date.now()))
      .setState(gossip.MemberInfo.VNodeState.LEADER)
      .setIsAlive(true)
      .setHttpEndPoint(new gossip.EndPoint().setAddress('127.0.0.1').setPort(port()));
    answer(null, new gossip.ClusterInfo().setMembersList([leader]));
  };
