// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "packets/endpoint.h"
#include "support/registertest.h"

#include <QTest>

class TestEndpoint : public QObject
{
    Q_OBJECT

private slots:
    void text_data();
    void text();
    void nameAndPort_data();
    void nameAndPort();
    void listenAddress_data();
    void listenAddress();
    void port_data();
    void port();
    void localEnd_data();
    void localEnd();
    void subnet_data();
    void subnet();
};

void TestEndpoint::text_data()
{
    QTest::addColumn<QHostAddress>("address");
    QTest::addColumn<QString>("text");

    QTest::newRow("IPv4") << QHostAddress("127.0.0.1") << "127.0.0.1:8700";
    QTest::newRow("IPv6") << QHostAddress("::1") << "[::1]:8700";
    QTest::newRow("an IPv4 peer of a dual-stack socket") << QHostAddress("::ffff:192.0.2.7") << "192.0.2.7:8700";
    QTest::newRow("all IPv6 interfaces") << QHostAddress("::") << "[::]:8700";
    QTest::newRow("all interfaces") << QHostAddress(QHostAddress::Any) << "*:8700";
    QTest::newRow("none") << QHostAddress() << "";
    QTest::newRow("all IPv4 interfaces") << QHostAddress("0.0.0.0") << "0.0.0.0:8700";
}

void TestEndpoint::text()
{
    QFETCH(const QHostAddress, address);
    QTEST(Endpoint::text(address, 8700), "text");
}

void TestEndpoint::nameAndPort_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("text");

    QTest::newRow("a name") << "example.org"
                            << "example.org:8700";
    QTest::newRow("IPv6") << "::1"
                          << "[::1]:8700";
    QTest::newRow("a zone that looks like a place marker") << "fe80::1%2"
                                                           << "[fe80::1%2]:8700";
}

void TestEndpoint::nameAndPort()
{
    QFETCH(const QString, host);
    QTEST(Endpoint::text(host, 8700), "text");
}

void TestEndpoint::listenAddress_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("address");

    QTest::newRow("IPv4") << " 127.0.0.1 "
                          << "127.0.0.1";
    QTest::newRow("IPv6") << "::1"
                          << "::1";
    QTest::newRow("localhost") << "LocalHost"
                               << "127.0.0.1";
    QTest::newRow("any") << "any" << QHostAddress(QHostAddress::Any).toString();
    QTest::newRow("star") << "*" << QHostAddress(QHostAddress::Any).toString();
    QTest::newRow("empty") << ""
                           << "";
    QTest::newRow("a name") << "example.org"
                            << "";
    QTest::newRow("a number too large") << "127.0.0.256"
                                        << "";
}

void TestEndpoint::listenAddress()
{
    QFETCH(const QString, text);
    QFETCH(const QString, address);
    const auto parsed = Endpoint::parseListenAddress(text);
    QCOMPARE(parsed ? parsed->toString() : QString(), address);
}

void TestEndpoint::port_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("lowest");
    QTest::addColumn<int>("port"); // -1: none

    QTest::newRow("8700") << "8700" << 0 << 8700;
    QTest::newRow("the highest") << "65535" << 0 << 65535;
    QTest::newRow("over the highest") << "65536" << 0 << -1;
    QTest::newRow("zero to listen") << "0" << 0 << 0;
    QTest::newRow("zero to connect") << "0" << 1 << -1;
    QTest::newRow("negative") << "-1" << 0 << -1;
    QTest::newRow("a word") << "http" << 0 << -1;
    QTest::newRow("empty") << "" << 0 << -1;
}

void TestEndpoint::port()
{
    QFETCH(const QString, text);
    QFETCH(const int, lowest);
    const auto parsed = Endpoint::parsePort(text, quint16(lowest));
    QTEST(parsed ? int(*parsed) : -1, "port");
}

void TestEndpoint::localEnd_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("text"); // of what is understood
    QTest::newRow("address") << "127.0.0.2"
                             << "127.0.0.2";
    QTest::newRow("address and port") << " 127.0.0.2:5000 "
                                      << "127.0.0.2:5000";
    QTest::newRow("port") << ":5000"
                          << ":5000";
    QTest::newRow("IPv6") << "::1"
                          << "::1";
    QTest::newRow("IPv6 that ends like a port") << "fd00::5000"
                                                << "fd00::5000";
    QTest::newRow("IPv6 and port") << "[::1]:5000"
                                   << "[::1]:5000";
    for (const char *wrong : {"", "5000x", "localhost", ":0", ":65536", "127.0.0.2:", "[127.0.0.2]:5000", "[]:5000",
                              "127.0.0.2:port", "::1]:5000"})
        QTest::newRow(QByteArray("wrong: ").append(wrong)) << wrong << "wrong";
}

void TestEndpoint::localEnd()
{
    QFETCH(const QString, typed);
    const auto end = Endpoint::parseLocalEnd(typed);
    QTEST(end ? Endpoint::text(*end) : QString("wrong"), "text");
}

void TestEndpoint::subnet_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("prefix"); // -1: none

    QTest::newRow("IPv4") << "192.168.1.0/24" << 24;
    QTest::newRow("everything") << "0.0.0.0/0" << 0;
    QTest::newRow("IPv6") << "2001:db8::/32" << 32;
    QTest::newRow("one IPv4 address") << "127.0.0.1" << 32;
    QTest::newRow("one IPv6 address") << "::1" << 128;
    QTest::newRow("prefix too long") << "192.168.1.0/33" << -1;
    QTest::newRow("no address") << "/24" << -1;
    QTest::newRow("a word") << "lan" << -1;
}

void TestEndpoint::subnet()
{
    QFETCH(const QString, text);
    const auto parsed = Endpoint::parseSubnet(text);
    QTEST(parsed ? parsed->second : -1, "prefix");
}

REGISTER_TEST(TestEndpoint)
#include "tst_endpoint.moc"
