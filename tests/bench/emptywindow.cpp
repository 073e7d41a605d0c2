// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// What the time to a visible window is compared with: an empty QMainWindow, which listens once it is shown, so that its starter can
// tell.
// Usage: bench_emptywindow PORT

#include <QApplication>
#include <QMainWindow>
#include <QTimer>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    QMainWindow window;
    window.show();
    QTimer::singleShot(0, &window, [argv] {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(QByteArray(argv[1]).toUShort());
        const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (bind(listener, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0 ||
            listen(listener, 1) != 0)
            qFatal("cannot listen");
    });
    return QApplication::exec();
}
