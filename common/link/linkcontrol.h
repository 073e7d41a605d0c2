// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "linkcarrier.h"
#include "linknetwork.h"

#include <QJsonObject>
#include <QLocalServer>

class QLocalSocket;

/// The local socket through which windows watch and control the link. Only the user who runs the link can connect.
/// Every line is a JSON object, of at most maxLineBytes. Lives on the thread of the carrier; owns neither the carrier
/// nor the network.
///
/// Commands have a field "command":
///
///     {"command": "rules", "rules": "delay 50ms; hold client"}    instead of all earlier rules
///     {"command": "deliver"}, {"command": "lose"}                 the held packet that is first in the queue
///     {"command": "deliver", "id": 5}                             any packet on its way; also "lose", "duplicate"
///     {"command": "delay", "id": 5, "ms": 200}
///     {"command": "deliver-all"}                                  what is held
///     {"command": "lose-next", "from": "client", "kind": "data"}   the next packet of this kind
///     {"command": "release"}                                      the same, but with their delays, and hold no longer
///     {"command": "patient", "on": true}                          LinkNetwork::setPatient()
///     {"command": "congestion-control", "name": "cubic"}          one of the status
///     {"command": "record"}                                       from now on, into two files (LinkRecorder)
///     {"command": "status"}
///
/// A wrong command gets {"error": "a sentence"}. Everything else goes to all that are connected:
///
///     {"event": "status", "rules": "…", "holding": true, "held": 3, "losingNext": ["client data"],
///      "patient": false, "congestionControls": ["reno", "cubic"], "settings": ["net.ipv4.… = reno"]}
///         first of all, as the answer to "status", and when one of them changes
///     {"event": "recording", "files": ["…/client.pcap", "…/server.pcap"], "frames": [0, 0]}
///         as the answer to "record": packets with higher numbers than these have a "frame" in what follows
///     {"event": "departed", "id": 5, "timeUs": …, "frame": 3, "from": "client", "connection": 1,
///      "names": ["data 2"], "source": "192.0.2.1:40000", "destination": "192.0.2.2:8700", "bytes": 76,
///      "held": false, "corrupted": false, "sequence": …, "acknowledgement": …, "flags": 24, "length": 24}
///         an ICMP error has "icmp": "its text" instead of the last four, connection 0 and no names; if it is lost at
///         once, "by" says so here, too
///     {"event": "copied", "id": 6, "copyOf": 5, "timeUs": …}
///     {"event": "arrived", "id": 5, "timeUs": …, "frame": 4}
///     {"event": "lost", "id": 6, "timeUs": …, "by": "chance"}     or "rule", "queue", "hand"
///     {"event": "dropped", "packets": 3}                          by the kernel, at the devices
///     {"event": "failed", "sentence": "…"}                        the MTU cannot be set
///     {"event": "missed", "lines": 20}                            a client read too slowly
class LinkControl : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 maxLineBytes = 65'536;
    static constexpr qint64 maxWaitingBytes = 16 * 1024 * 1024; ///< for one client that does not read

    /// folder: where to record.
    LinkControl(LinkCarrier &carrier, LinkNetwork &network, const QString &folder, QObject *parent = nullptr);
    ~LinkControl() override;

    QString listen(const QString &path);         ///< the path of the socket's file; returns why it cannot, or nothing
    void setRules(const QList<LinkRule> &rules); ///< of the carrier, and the MTU
    static int mtuOf(const QList<LinkRule> &rules);

private:
    void accept();
    void readFrom(QLocalSocket &client);
    QString obey(const QJsonObject &command, QLocalSocket &client);
    QString setRules(const QString &text);
    QString handle(const QString &name, const QJsonObject &command);
    QString loseNext(const QJsonObject &command);
    QString record(QLocalSocket &client);
    QString setCongestionControl(const QString &name);
    void setPatient(bool isPatient);
    void sendStatus();
    QByteArray status() const;
    void send(const QJsonObject &object);
    void sendTo(QLocalSocket &client, const QByteArray &line);

    LinkCarrier &m_carrier;
    LinkNetwork &m_network;
    LinkRecorder m_recorder;
    QStringList m_settings; ///< those of the network: reading them for each status takes long
    const QStringList m_congestionControls;
    QHash<QLocalSocket *, qint64> m_missed; ///< lines that each client has missed
    QLocalServer m_server;                  ///< the last member: its clients disconnect when it goes
};
