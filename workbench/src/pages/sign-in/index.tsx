// Sign-in: account and password, then a code where a second factor is on.
export default function SignInPage() {
  return <main />;
}
