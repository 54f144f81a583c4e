/**
 * The GraphQL documents that a terminal sends. Their fields: `cloud-infra/schema/schema.graphql`.
 */

/**
 * The facts go in `packed` (packed-facts.ts), or as a list in `facts`. The answer's store and terminal
 * are what AppSync hands to the subscribers of `poked`.
 */
export const pushDocument = /* GraphQL */ `
  mutation Push(
    $protocol: Int!
    $epoch: Int!
    $firstSeq: Int!
    $facts: [FactInput!]
    $packed: String
    $relayed: RelayedInput
    $ledgerId: String
  ) {
    push(
      protocol: $protocol
      epoch: $epoch
      firstSeq: $firstSeq
      facts: $facts
      packed: $packed
      relayed: $relayed
      ledgerId: $ledgerId
    ) {
      storeId
      terminalId
      outcome
      head {
        epoch
        seq
        hash
      }
      verdicts {
        fromSeq
        toSeq
        verdict
        reason
        heldEpoch
        heldSeq
      }
      serverTimeMs
      news
    }
  }
`;

export const headDocument = /* GraphQL */ `
  query Head($epoch: Int!, $report: ReportInput, $acked: Int) {
    head(epoch: $epoch, report: $report, acked: $acked) {
      epoch
      seq
      hash
      serverTimeMs
    }
  }
`;

export const changesDocument = /* GraphQL */ `
  query Changes(
    $after: Int!
    $limit: Int!
    $held: HeadInput!
    $stamp: String
    $known: Int
    $read: String
    $protocol: Int
    $hearsay: [ID!]
  ) {
    changes(
      after: $after
      limit: $limit
      held: $held
      stamp: $stamp
      known: $known
      read: $read
      protocol: $protocol
      hearsay: $hearsay
    ) {
      outcome
      why
      stamp
      cursor
      upTo
      changes {
        kind
        text
      }
      chain {
        epoch
        seq
        hash
      }
      places {
        id
        terminalId
        epoch
        seq
      }
    }
  }
`;

export const snapshotDocument = /* GraphQL */ `
  query Snapshot($after: String, $limit: Int!) {
    snapshot(after: $after, limit: $limit) {
      outcome
      stamp
      asOf
      floor
      stampAtFloor
      read
      chain {
        epoch
        seq
        hash
      }
      done
      total
      next
      sections {
        kind
        text
        after
        upTo
      }
    }
  }
`;

export const enrolDocument = /* GraphQL */ `
  mutation Enrol($code: String!, $name: String!, $publicKey: String) {
    enrol(code: $code, name: $name, publicKey: $publicKey) {
      storeId
      terminalId
      tillNumber
      secret
      certificate
      authority
    }
  }
`;

export const pokedDocument = /* GraphQL */ `
  subscription Poked($storeId: ID!) {
    poked(storeId: $storeId) {
      storeId
      terminalId
    }
  }
`;
