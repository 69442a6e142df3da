package dev.heddle.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.Browser;
import dev.heddle.support.RoomsPage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

import java.io.IOException;
import java.util.List;

/// What the page of rooms does and says when a connection ends.
class RoomsPageConnectionIT {
    @RegisterExtension static final Browser BROWSER = new Browser();

    @Test
    void logsInAgainAfterARestartAndSaysWhatMayBeMissing() throws IOException {
        try (RestartableServer server = new RestartableServer()) {
            RoomsPage ada = BROWSER.roomsWindow().enterAs(server.port(), "Ada");
            RoomsPage grace = BROWSER.roomsWindow().enterAs(server.port(), "Grace");
            ada.room(102);
            ada.room(101);
            server.drain();
            ada.awaitNote("Connection lost. The server is going away or starting again. (1001");
            ada.say("still here");
            assertEquals(
                    "Nothing was sent: there is no connection. Your text stays here.",
                    ada.text("#warning"));
            assertEquals("still here", ada.value("#text"));

            server.startAgain();
            ada.awaitState("Connected");
            grace.awaitState("Connected");
            ada.awaitNote("Connected again. Messages sent in between are lost.");
            ada.awaitPeople("Ada (you)", "Grace");
            grace.awaitPeople("Grace (you)", "Ada");
            ada.typeInto("#text", Keys.ENTER);
            grace.awaitLast("Ada: still here");
            ada.room(102);
            ada.awaitPeople("Ada (you)");
        }
    }

    @Test
    void whatHadNoAnswerStaysAndIsMarked() throws IOException {
        try (RestartableServer server = new RestartableServer()) {
            RoomsPage ada = BROWSER.roomsWindow();
            ada.beforeLoading(
                    """
                    const send = WebSocket.prototype.send;
                    WebSocket.prototype.send = function (text) {
                        if (!String(text).includes('msgAll')) {
                            send.call(this, text);
                        }
                    };
                    """);
            ada.enterAs(server.port(), "Ada");
            ada.say("into the void");
            ada.await("on its way", () -> !ada.texts(".on-the-way .message").isEmpty());
            server.crash();
            ada.awaitLast(
                    "Ada (you): into the void"
                            + " | This message may not have arrived: the server sent no answer.");
            assertTrue(ada.texts(".on-the-way .message").isEmpty());
        }
    }

    @Test
    void whoIsPutOutComesBackOnlyByHand() throws IOException {
        try (RestartableServer server = new RestartableServer()) {
            RoomsPage ada = BROWSER.roomsWindow().enterAs(server.port(), "Ada");
            server.heddle().rooms().disconnect(101, "Ada");
            ada.awaitState("Not connected");
            ada.awaitNote("Connection closed. An operator or a service ended this connection.");
            assertEquals("Connect again", ada.text("#retry"));
            assertEquals(List.of(), server.heddle().rooms().users(101));
            ada.click("#retry");
            ada.awaitState("Connected");
            ada.awaitPeople("Ada (you)");
        }
    }

    /// A browser keeps a page that somebody has left, for a while or until it finds a reason not
    /// to.
    @Test
    void whoLeavesThePageLeavesTheRoomEvenIfTheBrowserKeepsThePage() throws IOException {
        try (RestartableServer server = new RestartableServer()) {
            RoomsPage ada = BROWSER.roomsWindow().enterAs(server.port(), "Ada");
            RoomsPage grace = BROWSER.roomsWindow().enterAs(server.port(), "Grace");
            ada.awaitPeople("Ada (you)", "Grace");
            String event = "dispatchEvent(new PageTransitionEvent('%s', { persisted: true })); ";
            grace.run(event.formatted("pagehide") + "return true;");
            ada.awaitNote("Grace left.");
            grace.run(event.formatted("pageshow") + "return true;");
            grace.awaitNote("Connected again.");
            ada.awaitPeople("Ada (you)", "Grace");
        }
    }

    @Test
    void aRoomShowsLifeAndGivesUpAConnectionWithout() throws IOException {
        try (RestartableServer server = new RestartableServer()) {
            RoomsPage page = BROWSER.roomsWindow().enterAs(server.port(), "Ada");
            page.run(
                    """
                    window.beats = 0;
                    window.swallow = false;
                    window.states = [];
                    const send = WebSocket.prototype.send;
                    WebSocket.prototype.send = function (text) {
                        const isBeat = text.includes('"heartbeat"');
                        window.beats += isBeat;
                        if (!isBeat || !window.swallow) {
                            send.call(this, text);
                        }
                    };
                    const url = new URL('acc', location.href.replace('http', 'ws'));
                    return import('/room.js').then(({ HeddleRoom }) => {
                        const room = new HeddleRoom(url, {
                            room: 104, user: 'Beat', heartbeatMs: 20, replyMs: 5000,
                            connection: { baseDelayMs: 1 }
                        });
                        room.addEventListener('state', ({ detail }) => window.states.push(detail.state));
                        room.enter();
                        window.room = room;
                        return true;
                    });
                    """);
            page.await("beats", () -> page.run("return window.beats > 3").equals(true));
            assertEquals(List.of("entering", "entered"), page.run("return window.states"));
            page.run("window.swallow = true; return true;");
            page.await("a loss", () -> page.run("return window.states.length > 2").equals(true));
            page.run("window.swallow = false; return true;");
            page.await("a return", () -> page.run("return window.states.at(-1)").equals("entered"));
            assertEquals(
                    List.of("entering", "entered", "waiting", "entering", "entered"),
                    page.run("return window.states.slice(0, 5)"));
            page.run("window.room.leave(); return true;");
        }
    }

    /// The server of this one is made up, because a real one tells such things only now and then.
    @Test
    void aRoomIsNotMisledByWhatComesBeforeItsListAndIsAboutItself() throws IOException {
        try (RestartableServer server = new RestartableServer()) {
            RoomsPage page = BROWSER.roomsWindow().enterAs(server.port(), "Ada");
            Object told =
                    page.run(
                            """
                            class Server {
                                static OPEN = 1;
                                readyState = 1;
                                constructor() {
                                    window.made = this;
                                    setTimeout(() => this.onopen());
                                }
                                close() {}
                                come(seq, cmd, data) {
                                    const response = { code: 200, codeMsg: '', data };
                                    const text = JSON.stringify({ seq, cmd, response });
                                    this.onmessage({ data: text });
                                }
                                send(text) {
                                    const { seq, cmd } = JSON.parse(text);
                                    const isLogin = cmd === 'login';
                                    if (isLogin) {
                                        this.come('', 'enter', { from: 'Grace' });
                                        this.come('', 'exit', { from: 'Linus' });
                                    }
                                    this.come(seq, cmd, isLogin ? null : { userList: ['Linus'] });
                                }
                            }
                            window.WebSocket = Server;
                            const told = [];
                            return import('/room.js').then(async ({ HeddleRoom }) => {
                                const room = new HeddleRoom('ws://nowhere', {
                                    room: 101, user: 'Ada', connection: { baseDelayMs: 1 }
                                });
                                const entered = () => new Promise((resolve) =>
                                    room.addEventListener('state', ({ detail }) =>
                                        detail.state === 'entered' && resolve()));
                                room.addEventListener('enter', ({ detail }) => told.push('+' + detail));
                                room.addEventListener('exit', ({ detail }) => told.push('-' + detail));
                                room.addEventListener('members', () =>
                                    told.push([...room.users].sort().join()));
                                room.enter();
                                await entered();
                                window.made.onclose({ code: 1001, reason: '' });
                                await entered();
                                window.made.come('', 'exit', { from: 'Grace' });
                                room.leave();
                                return told;
                            });
                            """);
            assertEquals(List.of("Ada,Grace", "Ada,Grace", "-Grace", "Ada"), told);
        }
    }
}
