import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { FlagstoneFunction } from './flagstone-function.ts';

const LENGTH = 64;

interface OriginSecretProps {
  /** The name of the header in which CloudFront sends it. */
  readonly header: string;
  /** Another one makes another secret. */
  readonly generation: number;
}

/**
 * What CloudFront tells the APIs behind it, so that they answer nobody else. Secrets Manager makes it up, and CloudFormation
 * looks it up when it deploys: it is in no template. With the next generation there is a new one, and the one before is still
 * good until the generation after that.
 */
export class OriginSecret extends Construct {
  readonly #header: string;
  readonly #current: Secret;
  readonly #accepted: readonly Secret[];
  readonly #checking: FlagstoneFunction[] = [];

  constructor(scope: Construct, id: string, { header, generation }: OriginSecretProps) {
    super(scope, id);
    this.#header = header;
    this.#current = this.#make(generation);
    this.#accepted = generation === 1 ? [this.#current] : [this.#current, this.#make(generation - 1)];
  }

  /** What CloudFront is to send. */
  get headers(): Readonly<Record<string, string>> {
    return { [this.#header]: this.#current.secretValue.unsafeUnwrap() };
  }

  /** Tells a function what to look for. */
  checkedBy(target: FlagstoneFunction): void {
    const secrets = this.#accepted.map((secret) => secret.secretValue.unsafeUnwrap());
    target.addEnvironment('ORIGIN_SECRETS', secrets.join(' '));
    this.#checking.push(target);
  }

  /** A new secret is not sent before all know it who are to check it. */
  sentBy(distribution: Distribution): void {
    for (const { node } of this.#checking) if (node.defaultChild) distribution.node.addDependency(node.defaultChild);
  }

  #make(generation: number): Secret {
    const secret = new Secret(this, `Generation${generation}`, {
      description: `Flagstone: what CloudFront tells the APIs behind it, generation ${generation}`,
      generateSecretString: { excludePunctuation: true, passwordLength: LENGTH },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'CloudFront and the functions have to change it together: the setting originSecret does, with a deployment',
    });
    return secret;
  }
}
