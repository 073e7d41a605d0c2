// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "linkrule.h"
#include "packets/segment.h"
#include "tundevice.h"

#include <QObject>
#include <QProcess>

/// The network of the emulated link: a TUN device for each end, and the settings, addresses and routes that make the
/// kernel send from one address of this machine to the other through the devices, although both are local. Changes the
/// network namespace of the thread that it lives on, and must have all rights there: use it in the lab. Needs the
/// command ip (iproute2).
class LinkNetwork : public QObject
{
    Q_OBJECT
public:
    /// 192.0.2.1 and 2001:db8::1 are the client's, 192.0.2.2 and 2001:db8::2 the server's (RFC 5737, RFC 3849).
    static QString address(Side end, int ipVersion);
    static SocketAddress socketAddress(Side end, int ipVersion); ///< the same, with port 0
    static QString deviceName(Side end);                         ///< "client0", "server0"

    explicit LinkNetwork(QObject *parent = nullptr);
    ~LinkNetwork() override;

    void setUp(); ///< ready() or failed() follows
    /// Of both devices, for new connections: 68 to 65535. Linux removes IPv6 from a device below 1280, and this
    /// function brings it back. If the devices exist and it changes, ready() or failed() follows.
    void setMtu(int mtu);

    /// Raises the smallest retransmission timeout of new connections to 3 s, which leaves time for a hand. SYN and
    /// SYN-ACK still repeat after 1, 2 and 4 s. ready() or failed() follows.
    void setPatient(bool isPatient);
    bool isPatient() const { return m_isPatient; }
    static QStringList congestionControls(); ///< that this kernel allows
    /// Of new connections. False: the kernel does not allow it.
    static bool setCongestionControl(const QString &name);

    TunDevice *device(Side end) const { return m_devices.at(size_t(end)).get(); } ///< null: not yet
    /// What runs on this link depends on: "net.ipv4.tcp_congestion_control = reno". Those that this kernel has.
    static QStringList settings();
    static quint64 drops(); ///< packets that the kernel has dropped at both devices so far

    static constexpr int defaultMtu = 1500;

signals:
    void ready();
    void failed(const QString &sentence);

private:
    bool writeSettings();
    bool openDevices();
    void run(const QStringList &options, const QByteArray &commands);
    void runNext();
    void finished(int exitCode);
    void fail(const QString &sentence);

    struct Batch {
        QStringList options;
        QByteArray commands;
    };

    std::array<std::unique_ptr<TunDevice>, 2> m_devices;
    QProcess m_ip;
    QList<Batch> m_batches; ///< the first one runs
    int m_mtu = defaultMtu;
    bool m_isPatient = false;
};
