// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversation/stepnumbering.h"
#include "support/registertest.h"

#include <QTest>

/// Each letter of a script is something that one end sees: s sends, r receives a message; f its own Finish Sending;
/// p the peer's FIN; c closes.
class TestStepNumbering : public QObject
{
    Q_OBJECT

private slots:
    void numbers_data();
    void numbers();
};

void TestStepNumbering::numbers_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QList<int>>("numbers");

    QTest::newRow("the original's client") << QByteArray("src") << QList<int>{1, 4, 5};
    QTest::newRow("the original's server") << QByteArray("rspc") << QList<int>{2, 3, 6};
    QTest::newRow("nobody sends, this end closes") << QByteArray("c") << QList<int>{1};
    QTest::newRow("nobody sends, the peer closes") << QByteArray("pc") << QList<int>{2};
    QTest::newRow("the server closes first: client") << QByteArray("srpc") << QList<int>{1, 4, 6};
    QTest::newRow("the server closes first: server") << QByteArray("rsc") << QList<int>{2, 3, 5};
    QTest::newRow("finish sending, the peer closes, then this end") << QByteArray("srfpc") << QList<int>{1, 4, 5};
    QTest::newRow("the peer finished sending, this end closes") << QByteArray("rspc") << QList<int>{2, 3, 6};
    QTest::newRow("finish sending after the peer's FIN") << QByteArray("rspfc") << QList<int>{2, 3, 6};
    QTest::newRow("both close at once: client") << QByteArray("src") << QList<int>{1, 4, 5};
    QTest::newRow("both close at once: server") << QByteArray("rsc") << QList<int>{2, 3, 5};
    QTest::newRow("the client closes before the reply: client") << QByteArray("sc") << QList<int>{1, 3};
    QTest::newRow("the client closes before the reply: server") << QByteArray("rps") << QList<int>{2, 3};
    QTest::newRow("both send at once") << QByteArray("sr") << QList<int>{1, 4};
    QTest::newRow("messages after finish sending count for the close") << QByteArray("sfrrc") << QList<int>{1, 4, 6, 7};
    QTest::newRow("five messages over one connection") << QByteArray("srsrsc") << QList<int>{1, 4, 5, 8, 9, 11};
}

void TestStepNumbering::numbers()
{
    QFETCH(const QByteArray, script);
    QFETCH(const QList<int>, numbers);

    StepNumbering numbering;
    QList<int> got;
    for (const char what : script) {
        if (what == 's')
            got.append(numbering.send());
        else if (what == 'r')
            got.append(numbering.receive());
        else if (what == 'f')
            numbering.finish();
        else if (what == 'p')
            numbering.peerFinished();
        else
            got.append(numbering.close());
    }
    QCOMPARE(got, numbers);
}

REGISTER_TEST(TestStepNumbering)
#include "tst_stepnumbering.moc"
