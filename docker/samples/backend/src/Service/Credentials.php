<?php

declare(strict_types=1);

namespace App\Service;

/** Who signs requests to object storage. */
final class Credentials
{
    public function __construct(
        public readonly string $accessKeyId,
        #[\SensitiveParameter]
        public readonly string $secretAccessKey,
        #[\SensitiveParameter]
        public readonly ?string $sessionToken = null,
    ) {
    }

    /**
     * The keys that were given; without them those of the workload's own identity, which the cloud hands out at an
     * address that it puts into the pod.
     */
    public static function fromEnvironment(Environment $environment, HttpClient $http): self
    {
        if ($environment->has('S3_ACCESS_KEY_ID')) {
            return new self($environment->required('S3_ACCESS_KEY_ID'), $environment->required('S3_SECRET_ACCESS_KEY'));
        }
        $url = $environment->optional('AWS_CONTAINER_CREDENTIALS_FULL_URI')
            ?? throw new \UnexpectedValueException('S3_ACCESS_KEY_ID: not set, and this workload has no identity of its own');
        $token = trim((string) file_get_contents($environment->required('AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE')));
        $answer = $http->request('GET', $url, ["authorization: $token"]);
        $given = json_decode($answer->body, true);
        if ($answer->status !== 200 || !is_array($given) || !isset($given['AccessKeyId'], $given['SecretAccessKey'])) {
            throw new \RuntimeException("no credentials for this workload: the answer has status {$answer->status}");
        }

        return new self($given['AccessKeyId'], $given['SecretAccessKey'], $given['Token'] ?? null);
    }
}
