// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "app/output.h"
#include "support/registertest.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

/// Output into a pipe; the test reads its other end, or does not.
class TestOutput : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void linesOfATurnAreWrittenTogether();
    void theLastLinesAreWritten();
    void aPipeThatNobodyReadsDoesNotBlock();
    void linesOverTheLimitAreCounted();
    void aClosedPipe();

private:
    QByteArray readPipe() const;

    int m_readEnd = -1;
    int m_writeEnd = -1;
};

void TestOutput::init()
{
    signal(SIGPIPE, SIG_IGN);
    int ends[2];
    QCOMPARE(pipe(ends), 0);
    m_readEnd = ends[0];
    m_writeEnd = ends[1];
    fcntl(m_readEnd, F_SETFL, O_NONBLOCK);
}

void TestOutput::cleanup()
{
    close(m_readEnd);
    close(m_writeEnd);
}

QByteArray TestOutput::readPipe() const
{
    QByteArray all;
    char buffer[65536];
    for (ssize_t got = 1; got > 0;) {
        got = read(m_readEnd, buffer, sizeof buffer);
        if (got > 0)
            all.append(buffer, got);
    }
    return all;
}

void TestOutput::linesOfATurnAreWrittenTogether()
{
    Output output(m_writeEnd);
    output.writeLine("[1] Send: Hi");
    output.writeLine("[4] Recv: you");
    QTRY_VERIFY(output.isDone());
    QCOMPARE(readPipe(), "[1] Send: Hi\n[4] Recv: you\n");
}

/// A program that ends without an event loop has told why.
void TestOutput::theLastLinesAreWritten()
{
    std::make_unique<Output>(m_writeEnd)->writeLine("cannot capture");
    QCOMPARE(readPipe(), "cannot capture\n");
}

void TestOutput::aPipeThatNobodyReadsDoesNotBlock()
{
    Output output(m_writeEnd);
    QSignalSpy done(&output, &Output::done);
    const QByteArray line(9999, 'x');
    constexpr int lines = 100; // far more than a pipe holds
    for (int i = 0; i < lines; ++i)
        output.writeLine(line);
    QVERIFY(!output.isDone());
    done.clear();

    QByteArray got;
    QTRY_VERIFY((got += readPipe(), done.count() > 0));
    got += readPipe();
    QCOMPARE(got, (line + '\n').repeated(lines));
    QCOMPARE(output.droppedLines(), 0);
}

void TestOutput::linesOverTheLimitAreCounted()
{
    Output output(m_writeEnd);
    const QByteArray line(Output::limit / 2 - 1, 'x'); // two of them fit, with their newlines
    output.writeLine(line);
    output.writeLine(line);
    output.writeLine(line);
    QCOMPARE(output.droppedLines(), 1);
}

void TestOutput::aClosedPipe()
{
    Output output(m_writeEnd);
    close(m_readEnd);
    output.writeLine("nobody");
    QTRY_VERIFY(output.hasFailed());
    QVERIFY(output.isDone());
    m_readEnd = -1;
}

REGISTER_TEST(TestOutput)
#include "tst_output.moc"
