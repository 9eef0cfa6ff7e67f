import type { ChannelsTexts } from "./pt-br.ts";

export const channelsEn: ChannelsTexts = {
  title: "Channels",
  description: "Where customers talk to the shop.",
  add: "Connect WhatsApp",
  empty: "No channels yet.",
  emptyHint: "Connect the shop's number and its messages begin to arrive here.",
  kind: { whatsapp_cloud: "WhatsApp, official API" },
  status: {
    connecting: "Connecting",
    qr: "Waiting for the QR code",
    connected: "Connected",
    degraded: "Unstable",
    disconnected: "Off",
    error: "Failing",
  },
  form: {
    title: "Connect WhatsApp",
    description: "Through Meta's official API. You will copy four things from their pages to here.",
    newHere: "First time at Meta? Prepare the account first",
    prepare: {
      app: "Go to <app>developers.facebook.com/apps</app>, click <b>Create app</b> and choose <b>Connect with customers through WhatsApp</b>.",
      number:
        "In the app, open <b>WhatsApp → API Setup</b> and add the shop's number. It must not be in use in the WhatsApp app, unless you choose coexistence.",
      token:
        "In <system>Business settings → System users</system>, create an admin user, give it access to the app and to the WhatsApp account, and generate a token that <b>never expires</b> with the permissions <code>whatsapp_business_messaging</code> and <code>whatsapp_business_management</code>.",
    },
    number: "The number",
    numberHint: "On Meta's page: <b>your app → WhatsApp → API Setup</b>.",
    access: "The access",
    accessHint:
      "It lets balcão send in the shop's name, and check that each message really comes from Meta. It is kept encrypted and not shown again.",
    name: "Channel name",
    nameHint: "Only the team sees it. For example: the shop's WhatsApp.",
    nameDefault: "WhatsApp",
    phoneNumberId: "Phone number ID",
    phoneNumberIdHint:
      "“Phone number ID”, right below the field “From”. Digits only, about fifteen. It is not the phone number.",
    phoneNumberIdIsPhone: "This looks like the phone number itself. The ID is right below it on Meta's page.",
    phoneNumberIdWrong: "Digits only, no spaces. Copy it with the button beside the number on Meta's page.",
    wabaId: "WhatsApp Business Account ID",
    wabaIdHint:
      "Beside the one above. Without it, balcão can neither switch the delivery of messages on nor show the templates.",
    wabaIdWrong: "Digits only, no spaces.",
    accessToken: "Access token",
    accessTokenHint:
      "Begins with EAA. The one on the page “API Setup” expires in 24 hours and is for testing only; for real use take the system user's.",
    accessTokenWrong: "The token has only letters, digits and signs, no spaces. Copy all of it again.",
    appSecret: "App secret",
    appSecretHint:
      "In <b>your app → App settings → Basic → App secret → Show</b>. It is 32 letters and digits.",
    appSecretWrong: "The secret has 32 letters (a to f) and digits. Copy all of it again.",
    optional: "optional",
    missing: "Fill in this field.",
    advanced: "Advanced",
    verifyToken: "Verify token",
    verifyTokenWrong: "Letters, digits and signs only, no spaces.",
    verifyTokenHint:
      "Made by balcão; Meta repeats it to prove who it is. Change it only if you have one in use.",
    apiVersion: "API version",
    apiVersionWrong: "Write it like v24.0.",
    apiVersionHint: "Such as v24.0.",
    submit: "Connect",
    taken: "There is a channel with this number already.",
    keep: "Leave it empty to keep the current one.",
    save: "Save and test",
    saved: "Saved. Testing with Meta…",
  },
  progress: {
    title: "Connection with Meta",
    live: "Updates by itself",
    token: "Meta accepted the token",
    tokenWaiting: "Checking the token with Meta…",
    tokenFailed: "Meta didn't accept the access",
    tokenFailedHint: "What to do stands in the notice above.",
    tokenOff: "Channel is off",
    tokenDone: "Number {{phone}}",
    tokenDoneUnknown: "The number is ready to send.",
    verified: "Meta confirmed the address",
    verifiedWaiting: "Waiting for Meta…",
    verifiedHint: "Paste the address and the token into Meta's page, and click Verify and save.",
    verifiedDone: "Confirmed: {{time}}",
    events: "Messages arriving",
    eventsWaiting: "Waiting for the first message",
    eventsHint: "Subscribe to the field messages, and send a hello to the shop's number from another phone.",
    eventsDone: "Last one: {{time}}",
    done: "Done",
    now: "Now",
    todo: "To do",
    failed: "Failed",
  },
  webhook: {
    title: "Paste into Meta's page",
    description: "So that Meta knows where to deliver the messages.",
    again: "Webhook address and token",
    open: "Open <app>developers.facebook.com/apps</app>, choose your app and go to <b>WhatsApp → Configuration</b>.",
    paste: "Under <b>Webhook</b>, click <b>Edit</b> and paste these two values:",
    address: "Callback URL",
    token: "Verify token",
    tokenHidden:
      "The verify token is kept encrypted and not shown again. If Meta asks for it, create another.",
    tokenNew: "Create another token",
    tokenNewHint: "It holds at once. What Meta has confirmed already keeps working.",
    verify: "Click <b>Verify and save</b>. Here, the second step turns green.",
    fields:
      "Under <b>Webhook fields</b>, switch <b>Subscribe</b> on for <code>messages</code>. <code>message_template_status_update</code> and <code>account_update</code> are worth it too.",
    test: "From another phone, send a message to the shop's number. It appears in the conversations.",
    loopback: "Meta can't reach this address",
    loopbackText:
      "It exists only on this computer or in the shop's network. Publish balcão on a domain with https and start the server with <code>BALCAO_PUBLIC_URL=https://your-domain</code>.",
    insecure: "Meta only accepts https",
    insecureText:
      "Put balcão behind a domain with https and start the server with <code>BALCAO_PUBLIC_URL=https://your-domain</code>.",
  },
  outbox: {
    title: "Waiting to be sent",
    idle: "Nothing is waiting",
    idleHint: "Everything that the team wrote has been handed to Meta.",
    waiting_one: "{{count}} message waiting",
    waiting_other: "{{count}} messages waiting",
    oldest: "The oldest one waits since {{time}}.",
    lastError: "Last error: {{error}}",
    paused: "Sending has stopped",
    pausedHint: "The messages are kept and leave when the channel is back.",
  },
  dead: {
    title: "Events that could not be processed",
    hint: "They came from Meta and are kept, but balcão couldn't read them after several attempts.",
    state: {
      retrying: "Being tried again",
      dead: "Stopped",
      unrouted: "For a number that is not in balcão",
    },
    replay: "Process again",
    replayed: "Processed",
    stillFails: "Not yet: {{error}}",
    attempts_one: "{{count}} attempt",
    attempts_other: "{{count}} attempts",
  },
  data: {
    title: "Connection data",
    edit: "Edit data",
    secrets: "Access token and app secret",
    hidden: "Kept encrypted",
    none: "Not given",
  },
  action: {
    connect: "Switch on",
    retry: "Test again",
    disconnect: "Switch off",
    disconnectTitle: "Switch {{name}} off?",
    disconnectText:
      "balcão stops sending through this number. Messages that wait are kept until you switch it on again.",
    remove: "Delete channel",
    removeHint: "Its conversations and messages stay, but nobody replies through this number any more.",
    removeTitle: "Delete {{name}}?",
    removed: "Channel deleted",
    pauseHint: "To stop sending for a while without losing anything.",
    danger: "Switch off or delete",
  },
  trouble: {
    error: "This channel is not sending",
    degraded: "This channel is unstable",
    words: "In Meta's words: {{words}}",
    advice: {
      token:
        "The access token has expired or was revoked. Generate another at Meta, for the system user, and save it under Connection data.",
      permission:
        "The token has no permission for this number. At Meta, give the system user access to the WhatsApp account and generate another token with the permissions for messaging and management.",
      number:
        "Meta doesn't know this phone number ID, or the token is of another account. Check the ID under Connection data.",
      blocked:
        "Meta has restricted this account. See why, and ask for a review, in the account's quality centre at Meta.",
      billing:
        "There is a payment problem with the account at Meta. Put the payment method right in WhatsApp Manager and test again.",
      register:
        "The number isn't registered with the API yet. Finish the registration on Meta's page API Setup and test again.",
      spam: "Many customers blocked or reported this number, and Meta limited what it may send. Wait, and send fewer messages out of the blue.",
      webhooks:
        "Messages may not arrive: Meta didn't agree to deliver those of this account. Check the WhatsApp Business Account ID, and that the system user has access to it.",
      quality:
        "Meta rates this number's quality as low, because customers blocked or reported it. If it goes on, Meta limits what it may send.",
      meta: "The trouble seems to be at Meta or on the internet between us. Messages are kept, and balcão tries again by itself.",
    },
  },
  gone: "This channel does not exist any more.",
};
