export function Contacts() {
  return <main />;
}
