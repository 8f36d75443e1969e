import { Duration, Validations } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  OriginSslPolicy,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { Construct } from 'constructs';
import type { OriginSecret } from './origin-secret.ts';
import type { PrivateBucket } from './private-bucket.ts';

interface WebsiteProps {
  readonly files: PrivateBucket;
  /** Where the files are whose names change with their content; every other path is the page `/index.html`. */
  readonly assetsPath: string;
  /** A file that changes while its name stays: it is never cached. */
  readonly configPath: string;
  readonly contentSecurityPolicy: string;
  /** The hosts that answer instead of files, by their paths, such as `/api/*`. */
  readonly apis: Readonly<Record<string, string>>;
  /** What these hosts are to be told, so that they answer nobody else. */
  readonly originSecret: OriginSecret | undefined;
  /** Of the web ACL that guards it, in us-east-1. */
  readonly webAclArn: string | undefined;
}

/** Static files of a private bucket and the APIs that their pages use, under one name. */
export class Website extends Distribution {
  constructor(scope: Construct, id: string, { files, apis, originSecret, webAclArn, ...page }: WebsiteProps) {
    const origin = S3BucketOrigin.withOriginAccessControl(files);
    const responseHeadersPolicy = securityHeaders(scope, `${id}Headers`, page.contentSecurityPolicy);
    super(scope, id, {
      comment: 'The dashboard of Flagstone, and the APIs behind it',
      webAclId: webAclArn,
      httpVersion: HttpVersion.HTTP2_AND_3,
      defaultBehavior: {
        origin,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy,
        functionAssociations: [
          {
            eventType: FunctionEventType.VIEWER_REQUEST,
            function: new EdgeFunction(scope, `${id}Pages`, {
              comment: 'Answers every page with the one file that holds them all',
              runtime: FunctionRuntime.JS_2_0,
              code: FunctionCode.fromInline(pagesCode(page.assetsPath)),
            }),
          },
        ],
      },
      additionalBehaviors: {
        [page.configPath]: {
          origin,
          viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
          // Others hold on to what they fetch for a second at least, whatever its headers say.
          cachePolicy: CachePolicy.CACHING_DISABLED,
          responseHeadersPolicy,
        },
        ...Object.fromEntries(Object.entries(apis).map(([path, host]) => [path, toApi(host, originSecret)])),
      },
    });
    originSecret?.sentBy(this);
    Validations.of(this).acknowledge(...ACKNOWLEDGED);
  }
}

/** Only files have pages to fall back to: what an API does not know stays unknown. */
function pagesCode(assetsPath: string): string {
  return [
    'function handler(event) {',
    '  var request = event.request;',
    `  if (!request.uri.startsWith(${JSON.stringify(assetsPath)})) request.uri = '/index.html';`,
    '  return request;',
    '}',
  ].join('\n');
}

function toApi(host: string, secret: OriginSecret | undefined): BehaviorOptions {
  return {
    origin: new HttpOrigin(host, {
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      ...(secret && { customHeaders: secret.headers }),
    }),
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    // API Gateway finds the API by the host's name: it must be its own.
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
  };
}

function securityHeaders(scope: Construct, id: string, contentSecurityPolicy: string): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(scope, id, {
    comment: 'What pages may do, and who may frame them',
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy, override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(730), includeSubdomains: true, override: true },
    },
  });
}

const ACKNOWLEDGED = [
  { id: 'AwsSolutions-CFR1', reason: 'whose users may come from where is for the owner of the account to say' },
  {
    id: 'AwsSolutions-CFR2',
    reason:
      'a web ACL for CloudFront must be in us-east-1, wherever the stack is; the APIs are throttled at their stages',
  },
  {
    id: 'AwsSolutions-CFR3',
    reason:
      'the files are the same for everybody, the APIs note who asks, and the bucket notes what CloudFront fetches',
  },
  { id: 'AwsSolutions-CFR4', reason: 'a least version of TLS needs a certificate, and so a domain of the owner' },
];
