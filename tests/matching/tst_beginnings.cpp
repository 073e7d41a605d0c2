// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "matching/beginnings.h"
#include "support/registertest.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

/// Which connections begin alike, by their bytes and FINs.
class TestBeginnings : public QObject
{
    Q_OBJECT

private slots:
    void fits_data();
    void fits();
    void findsWhatASearchFinds_data();
    void findsWhatASearchFinds();
};

Q_DECLARE_METATYPE(Beginning)

namespace {

Beginning beginningOf(const QByteArray &client, const QByteArray &server, std::optional<qint64> clientFin = {},
                      std::optional<qint64> serverFin = {})
{
    return {.bytes = {client, server}, .fins = {clientFin, serverFin}};
}

/// Looks at all of them.
int onlyMatchOf(const Beginning &one, const std::vector<Beginning> &all)
{
    const auto isMatch = [&one](const Beginning &other) { return one.fits(other); };
    const auto found = std::ranges::find_if(all, isMatch);
    return std::ranges::count_if(all, isMatch) == 1 ? found->flow : -1;
}

} // namespace

void TestBeginnings::fits_data()
{
    QTest::addColumn<Beginning>("one");
    QTest::addColumn<Beginning>("other");
    QTest::addColumn<bool>("areSame");

    const auto row = [](const char *name, const Beginning &one, const Beginning &other, bool areSame) {
        QTest::newRow(name) << one << other << areSame;
    };
    row("the same", beginningOf("a", "b", 5, 6), beginningOf("a", "b", 5, 6), true);
    row("less of both", beginningOf("abc", "de"), beginningOf("ab", "d"), true);
    row("less of one, more of the other", beginningOf("abc", "d"), beginningOf("ab", "de"), true);
    row("another client's byte", beginningOf("abc", "d"), beginningOf("abd", "d"), false);
    row("another server's byte", beginningOf("abc", "d"), beginningOf("abc", "e"), false);
    row("only one stream", beginningOf("abc", ""), beginningOf("abc", "d"), true);
    row("no byte in both", beginningOf("abc", ""), beginningOf("", "d"), false);
    row("no bytes", beginningOf("", "", 1, 1), beginningOf("", "", 1, 1), false);
    row("another FIN", beginningOf("a", "b", 5, 6), beginningOf("a", "b", 5, 7), false);
    row("a FIN that one lacks", beginningOf("a", "b", 5, 6), beginningOf("a", "b", {}, 6), true);
}

void TestBeginnings::fits()
{
    QFETCH(const Beginning, one);
    QFETCH(const Beginning, other);
    QTEST(one.fits(other), "areSame");
    QCOMPARE(other.fits(one), one.fits(other));
    const bool areSame = one.fits(other);
    QCOMPARE(Beginnings({other}).onlyMatch(one) != nullptr, areSame);
    QVERIFY(!Beginnings({other, other}).onlyMatch(one));
}

void TestBeginnings::findsWhatASearchFinds_data()
{
    QTest::addColumn<int>("letters"); // that bytes are made of
    QTest::addColumn<int>("longest");
    QTest::addColumn<int>("ends"); // positions of FINs

    QTest::newRow("nearly all alike") << 1 << 2 << 3;
    QTest::newRow("told apart by FINs") << 1 << 1 << 40;
    QTest::newRow("short") << 2 << 3 << 2;
    QTest::newRow("long") << 2 << 9 << 1;
    QTest::newRow("many letters") << 20 << 2 << 1;
}

/// In random connections, of which many are alike.
void TestBeginnings::findsWhatASearchFinds()
{
    QFETCH(const int, letters);
    QFETCH(const int, longest);
    QFETCH(const int, ends);
    QRandomGenerator random(4711);
    const auto bytes = [&] {
        QByteArray made(random.bounded(longest + 1), '\0');
        for (char &byte : made)
            byte = char('a' + random.bounded(letters));
        return made;
    };
    const auto fin = [&] { return random.bounded(5) == 0 ? std::optional<qint64>() : random.bounded(ends); };
    int matches = 0;
    int searches = 0;
    for (int round = 0; round < 200; ++round) {
        const int flows = 1 + random.bounded(30);
        std::vector<Beginning> all;
        for (int flow = 0; flow < flows; ++flow) {
            all.push_back(beginningOf(bytes(), bytes(), fin(), fin()));
            all.back().flow = flow;
        }
        const Beginnings index(all);
        for (int i = 0; i < flows; ++i) {
            const Beginning one = i % 2 == 0 ? all[size_t(i)] : beginningOf(bytes(), bytes(), fin(), fin());
            const Beginning *match = index.onlyMatch(one);
            QCOMPARE(match ? match->flow : -1, onlyMatchOf(one, all));
            matches += match ? 1 : 0;
            ++searches;
        }
    }
    QVERIFY2(matches > 20 && matches < searches - 20, qPrintable(QString::number(matches)));
}

REGISTER_TEST(TestBeginnings)
#include "tst_beginnings.moc"
