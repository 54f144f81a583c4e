/**
 * [V1] The documents of protocol version 1, as its clouds know them: never edited. A cloud refuses a
 * document with a field or an argument that its schema lacks.
 */

export const pushDocument1 = /* GraphQL */ `
  mutation Push($protocol: Int!, $epoch: Int!, $firstSeq: Int!, $facts: [FactInput!]!) {
    push(protocol: $protocol, epoch: $epoch, firstSeq: $firstSeq, facts: $facts) {
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
      }
      serverTimeMs
    }
  }
`;

export const enrolDocument1 = /* GraphQL */ `
  mutation Enrol($code: String!, $name: String!) {
    enrol(code: $code, name: $name) {
      storeId
      terminalId
      tillNumber
      secret
    }
  }
`;

export const headDocument1 = /* GraphQL */ `
  query Head($epoch: Int!) {
    head(epoch: $epoch) {
      epoch
      seq
      hash
      serverTimeMs
    }
  }
`;

export const changesDocument1 = /* GraphQL */ `
  query Changes($after: Int!, $limit: Int!, $held: HeadInput!) {
    changes(after: $after, limit: $limit, held: $held) {
      cursor
      upTo
      changes {
        kind
        text
      }
    }
  }
`;
