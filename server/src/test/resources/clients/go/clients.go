// Connects as programs in Go do, with one of two libraries: go run clients.go LIBRARY URL ORIGIN
package main

import (
	"fmt"
	"os"
	"time"

	gorilla "github.com/gorilla/websocket"
	xnet "golang.org/x/net/websocket"
)

func main() {
	clients := map[string]func(url, origin string) (string, error){
		"x/net/websocket": withXNet,
		"gorilla":         withGorilla,
	}
	answer, err := clients[os.Args[1]](os.Args[2], os.Args[3])
	if err != nil {
		fmt.Println("failed:", err)
		os.Exit(1)
	}
	fmt.Println("got", answer)
}

// It insists on an origin, and sends that as it is given: most programs end it with a slash.
func withXNet(url, origin string) (string, error) {
	socket, err := xnet.Dial(url, "", origin)
	if err != nil {
		return "", err
	}
	defer socket.Close()
	if err := xnet.Message.Send(socket, "hello"); err != nil {
		return "", err
	}
	var answer string
	err = xnet.Message.Receive(socket, &answer)
	return answer, err
}

// It pings before each message, as load generators do, and writes fragments of its buffer's size.
func withGorilla(url, _ string) (string, error) {
	dialer := gorilla.Dialer{WriteBufferSize: 1000}
	socket, _, err := dialer.Dial(url, nil)
	if err != nil {
		return "", err
	}
	defer socket.Close()
	soon := time.Now().Add(5 * time.Second)
	if err := socket.WriteControl(gorilla.PingMessage, nil, soon); err != nil {
		return "", err
	}
	writer, err := socket.NextWriter(gorilla.TextMessage)
	if err != nil {
		return "", err
	}
	for sent := 0; sent < 1<<20; sent += 1 << 10 {
		if _, err := writer.Write(make([]byte, 1<<10)); err != nil {
			return "", err
		}
	}
	if err := writer.Close(); err != nil {
		return "", err
	}
	_, answer, err := socket.ReadMessage()
	return fmt.Sprint(len(answer), " bytes"), err
}
