package dev.heddle.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import dev.heddle.config.TokenSettings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/// Makes tokens for trying a server out. Where users come from is elsewhere, and so is what makes
/// theirs.
public final class TokenMaker {
    private final TokenSettings settings;
    private final SigningKey key;
    private final InstantSource clock;

    TokenMaker(TokenSettings settings, SigningKey key, InstantSource clock) {
        this.settings = settings;
        this.key = key;
        this.clock = clock;
    }

    /// A maker of tokens that these settings accept.
    ///
    /// @param keyFile with the private key; if empty, the settings have a key that can sign
    /// @throws KeyFault if there is no such key
    public static TokenMaker open(TokenSettings settings, Optional<Path> keyFile) throws KeyFault {
        SigningKey key =
                keyFile.isPresent()
                        ? SigningKey.of(keyFile.get())
                        : SigningKey.of(KeySource.of(settings));
        return new TokenMaker(settings, key, InstantSource.system());
    }

    /// A token for the user.
    ///
    /// @param rooms that it allows; all if empty
    /// @param life how long it is to be believed, in whole seconds
    /// @throws KeyFault if the key does not fit
    public String make(String user, List<Integer> rooms, Duration life) throws KeyFault {
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder()
                        .subject(user)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(life)));
        if (!rooms.isEmpty()) {
            claims.claim(Claims.ROOMS, rooms);
        }
        if (!settings.issuer().isEmpty()) {
            claims.issuer(settings.issuer());
        }
        settings.audience().stream().findFirst().ifPresent(claims::audience);
        JWSHeader header =
                new JWSHeader.Builder(key.algorithm().jwsName())
                        .type(JOSEObjectType.JWT)
                        .keyID(key.id())
                        .build();
        SignedJWT token = new SignedJWT(header, claims.build());
        try {
            token.sign(key.signer());
        } catch (JOSEException unfit) {
            throw new KeyFault("the key does not fit " + key.algorithm().jwsName());
        }
        return token.serialize();
    }
}
