// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <vector>

/// The other end of the measured programs, in plain blocking calls. Ends the bench with a message if a call fails.
namespace Traffic {

quint16 freePort();
bool isListening(quint16 port); ///< asks the kernel, without opening a connection

int connectTo(quint16 port);
void exchange(int connection); ///< 24 bytes to the server, 12 bytes back
/// Opens count connections, each with one exchange and a close. Returns microseconds per connection.
double exchangeOnNewConnections(quint16 port, int count);
/// Makes count exchanges on one connection. Returns microseconds per exchange.
double exchangeOnOpenConnection(quint16 port, int count);
/// Opens a connection, sends bytes bytes, closes, and waits until the peer has closed. Returns MiB per second.
double send(quint16 port, qint64 bytes);

/// Idle connections, which stay open as long as this object lives.
class Crowd
{
public:
    Crowd(quint16 port, int count);
    ~Crowd();
    Q_DISABLE_COPY_MOVE(Crowd)

    int exchangeAll() const; ///< all send before the first receives; returns how many were answered

private:
    std::vector<int> m_connections;
};

} // namespace Traffic
