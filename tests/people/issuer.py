"""A ProConnect that runs in the test: a real local server, real keys, a userinfo answered as a signed JWT."""

import json
import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa

CLIENT, SECRET = "faubourg-essai", "secret-d-essai"


class Issuer:
    """`claims` and `userinfo` are what it says of the person; `tamper` changes one thing for one test."""

    def __init__(self):
        self.keys = {
            "rsa": rsa.generate_private_key(65537, 2048),
            "ec": ec.generate_private_key(ec.SECP256R1()),
        }
        self.stranger = rsa.generate_private_key(65537, 2048)
        self.claims, self.userinfo, self.tamper = {}, {}, {}
        self.challenge = None
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def close(self):
        """Idempotent: a test may have taken it down."""
        self.server.shutdown()
        self.server.server_close()

    def authorize(self, location):
        """What the person's browser does at ProConnect: agree. Returns the query of the way back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        self.challenge = asked["code_challenge"]
        self.claims = {"nonce": asked["nonce"], "acr": asked["acr_values"].split()[0]} | self.claims
        return asked, {"code": "code-d-essai", "state": asked["state"]}

    def signed(self, claims, *, userinfo=False):
        now = int(time.time())
        told = {"iss": self.url, "aud": CLIENT, "sub": "personne-1", "iat": now, "exp": now + 60} | claims
        told = {name: value for name, value in told.items() if value is not None}
        kind = "userinfo" if userinfo else "id_token"
        if self.tamper.get("alg") == (kind, "none"):
            return jwt.encode(told, key=None, algorithm="none")
        if self.tamper.get("alg") == (kind, "HS256"):
            return jwt.encode(told, key=SECRET * 3, algorithm="HS256", headers={"kid": "rsa"})
        key = self.stranger if self.tamper.get("key") == kind else self.keys["ec" if userinfo else "rsa"]
        algorithm, kid = ("ES256", "ec") if userinfo and self.tamper.get("key") != kind else ("RS256", "rsa")
        return jwt.encode(told, key=key, algorithm=algorithm, headers={"kid": kid})

    def _jwks(self):
        public = {
            "rsa": jwt.algorithms.RSAAlgorithm.to_jwk(self.keys["rsa"].public_key(), as_dict=True),
            "ec": jwt.algorithms.ECAlgorithm.to_jwk(self.keys["ec"].public_key(), as_dict=True),
        }
        return {"keys": [key | {"kid": kid, "use": "sig"} for kid, key in public.items()]}

    def _answer(self, path, form, headers):
        if path == "/.well-known/openid-configuration":
            return "application/json", json.dumps(
                {
                    "issuer": self.tamper.get("issuer", self.url),
                    "authorization_endpoint": f"{self.url}/authorize",
                    "token_endpoint": f"{self.url}/token",
                    "userinfo_endpoint": f"{self.url}/userinfo",
                    "jwks_uri": f"{self.url}/jwks",
                }
            )
        if path == "/jwks":
            return "application/json", json.dumps(self._jwks())
        if path == "/token":
            verifier = (
                urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
            )
            assert (form["client_id"], form["client_secret"], verifier) == (CLIENT, SECRET, self.challenge)
            token = self.signed(self.claims)
            return "application/json", json.dumps(
                {"access_token": "jeton", "token_type": "Bearer", "id_token": token}
            )
        assert headers["Authorization"] == "Bearer jeton"
        return "application/jwt", self.signed(self.userinfo, userinfo=True)

    def _handler(self):
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def _serve(self, form):
                media_type, body = issuer._answer(urlsplit(self.path).path, form, self.headers)
                self.send_response(200)
                self.send_header("Content-Type", media_type)
                self.end_headers()
                self.wfile.write(body.encode())

            def do_GET(self):
                self._serve({})

            def do_POST(self):
                sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self._serve({name: values[0] for name, values in parse_qs(sent).items()})

            def log_message(self, *args):
                pass

        return Handler
