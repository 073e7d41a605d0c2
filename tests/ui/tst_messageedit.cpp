// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/registertest.h"
#include "ui/forms/fieldmemory.h"
#include "ui/forms/messageedit.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QMimeData>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

/// The field for a message: it never changes or cuts a byte without saying so.
class MessageEditTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void bytesStayAsTheyAre_data();
    void bytesStayAsTheyAre();
    void pastes_data();
    void pastes();
    void refusesMoreThanAMessageTakes();
    void typingReplacesWhatIsKeptWhole();
    void typingGrowsBeyondWhatCanBeEdited();
    void growsByLines();
    void enterAndTab();
    void remembersWhatCanBeEdited();
    void remembersTheForm();
    void changesTheForm_data();
    void changesTheForm();
    void formThatCannotBeEdited_data();
    void formThatCannotBeEdited();
    void mistakesAreMarked();
    void pastesInAForm();
    void showsTheNameOfAFile();
    void upAndDownWalkThroughWhatWasSent();

private:
    void paste(const QString &text);

    std::unique_ptr<MessageEdit> m_edit;
};

void MessageEditTest::init()
{
    m_edit = std::make_unique<MessageEdit>();
    m_edit->resize(300, m_edit->height());
    m_edit->show();
}

void MessageEditTest::paste(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    QTest::keySequence(m_edit.get(), QKeySequence::Paste);
}

void MessageEditTest::bytesStayAsTheyAre_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isKeptWhole");
    const auto add = [](const char *name, const QByteArray &bytes, bool isKeptWhole) {
        QTest::newRow(name) << bytes << isKeptWhole;
    };
    add("nothing", "", false);
    add("text", "Hi, server! I'm client.", false);
    add("not ASCII", "grüße, 你好 🙂", false);
    add("lines", "one\ntwo\n", false);
    add("a tab", "a\tb", false);
    add("no-break space", "a\u00a0b", false);
    add("carriage return", "one\r\ntwo", true);
    add("NUL", QByteArray("a\0b", 3), true);
    add("no UTF-8", "a\xff", true);
    add("half a character", "a\xc3", true);
    add("byte order mark", "\ufeffa", true);
    add("line separator", "a\u2028b", true);
    add("paragraph separator", "a\u2029b", true);
    add("the most that can be edited", QByteArray(MessageEdit::maxEditable, 'x'), false);
    add("one more", QByteArray(MessageEdit::maxEditable + 1, 'x'), true);
    add("beyond the limit of a line edit", QByteArray(100'000, 'x'), true);
    add("the longest message", QByteArray(MessageEdit::maxBytes, 'x'), true);
}

void MessageEditTest::bytesStayAsTheyAre()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, isKeptWhole);
    m_edit->setBytes("before");
    QSignalSpy changed(m_edit.get(), &MessageEdit::changed);
    m_edit->setBytes(bytes);
    QCOMPARE(m_edit->bytes(), bytes);
    QCOMPARE(m_edit->isKeptWhole(), isKeptWhole);
    QCOMPARE(m_edit->isEmpty(), bytes.isEmpty());
    QVERIFY(!changed.isEmpty());
    QVERIFY(m_edit->toPlainText().size() <= MessageEdit::maxEditable); // only this part is laid out
    m_edit->setBytes("after");
    QCOMPARE(m_edit->bytes(), QByteArray("after"));
    QVERIFY(!m_edit->isReadOnly());
}

void MessageEditTest::pastes_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("short") << "short";
    QTest::newRow("lines") << "one\ntwo";
    QTest::newRow("long") << QString(50'000, 'y');
    QTest::newRow("longer than a line edit takes, not ASCII") << QString(40'000, QChar(u'ü'));
}

void MessageEditTest::pastes()
{
    QFETCH(const QString, text);
    m_edit->setBytes("<>");
    m_edit->moveCursor(QTextCursor::Start);
    m_edit->moveCursor(QTextCursor::Right);
    paste(text);
    QCOMPARE(m_edit->bytes(), ('<' + text + '>').toUtf8());
    m_edit->selectAll();
    paste(text);
    QCOMPARE(m_edit->bytes(), text.toUtf8());
}

void MessageEditTest::refusesMoreThanAMessageTakes()
{
    m_edit->setBytes("a");
    QSignalSpy refused(m_edit.get(), &MessageEdit::refused);
    paste(QString(MessageEdit::maxBytes, 'x'));
    QCOMPARE(m_edit->bytes(), QByteArray("a"));
    QCOMPARE(refused.size(), 1);
    QVERIFY(refused.first().first().toString().contains("16 MiB"));
}

void MessageEditTest::typingReplacesWhatIsKeptWhole()
{
    m_edit->setToolTip("its own");
    m_edit->setBytes(QByteArray(50'000, 'x'));
    QVERIFY(m_edit->toolTip().contains("48.8 KiB"));
    QTest::keyClick(m_edit.get(), Qt::Key_Left);
    QTest::keyClick(m_edit.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(m_edit->bytes().size(), 50'000);
    QTest::keyClicks(m_edit.get(), "new");
    QCOMPARE(m_edit->bytes(), QByteArray("new"));
    QCOMPARE(m_edit->toolTip(), "its own");
    m_edit->setBytes("a\xff");
    QTest::keyClick(m_edit.get(), Qt::Key_Backspace);
    QCOMPARE(m_edit->bytes(), QByteArray());
    m_edit->setBytes("a\xff");
    paste("pasted");
    QCOMPARE(m_edit->bytes(), QByteArray("pasted"));
}

void MessageEditTest::typingGrowsBeyondWhatCanBeEdited()
{
    m_edit->setBytes(QByteArray(MessageEdit::maxEditable, 'x'));
    m_edit->moveCursor(QTextCursor::End);
    QTest::keyClick(m_edit.get(), 'y');
    QCOMPARE(m_edit->bytes(), QByteArray(MessageEdit::maxEditable, 'x') + 'y');
    QVERIFY(m_edit->isKeptWhole());
}

void MessageEditTest::growsByLines()
{
    const int one = m_edit->height();
    const int line = m_edit->fontMetrics().lineSpacing();
    QTest::keyClick(m_edit.get(), 'a');
    QTest::keyClick(m_edit.get(), Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClick(m_edit.get(), 'b');
    QCOMPARE(m_edit->bytes(), QByteArray("a\nb"));
    QCOMPARE(m_edit->height(), one + line);
    m_edit->setBytes(QByteArray("line\n").repeated(50));
    QCOMPARE(m_edit->height(), one + (MessageEdit::maxLines - 1) * line);
    m_edit->setBytes("one");
    QCOMPARE(m_edit->height(), one);
}

void MessageEditTest::enterAndTab()
{
    QSignalSpy entered(m_edit.get(), &MessageEdit::entered);
    m_edit->setBytes("text");
    QTest::keyClick(m_edit.get(), Qt::Key_Return);
    QTest::keyClick(m_edit.get(), Qt::Key_Enter, Qt::KeypadModifier);
    QCOMPARE(entered.size(), 2);
    m_edit->setBytes("a\xff");
    QTest::keyClick(m_edit.get(), Qt::Key_Return);
    QCOMPARE(entered.size(), 3);
    QCOMPARE(m_edit->bytes(), QByteArray("a\xff"));
    QVERIFY(m_edit->tabChangesFocus());
}

void MessageEditTest::remembersWhatCanBeEdited()
{
    QTemporaryDir folder;
    QSettings settings(folder.filePath("settings.ini"), QSettings::IniFormat);
    FieldMemory memory;
    memory.add("message", m_edit.get());
    m_edit->setBytes("remember\nme");
    memory.save(settings);
    m_edit->setBytes(QByteArray(1'000'000, 'x'));
    memory.save(settings);
    m_edit->setBytes("");
    memory.restore(settings);
    QCOMPARE(m_edit->bytes(), QByteArray("remember\nme"));
    settings.setValue("message", QString("as it was kept before")); // by an earlier version
    memory.restore(settings);
    QCOMPARE(m_edit->bytes(), QByteArray("as it was kept before"));
}

void MessageEditTest::remembersTheForm()
{
    QTemporaryDir folder;
    QSettings settings(folder.filePath("settings.ini"), QSettings::IniFormat);
    FieldMemory memory;
    memory.add("message", m_edit.get());
    const TypedMessage typed{.text = "\\x02{crc32}\n\\q",
                             .form = MessageForm::Escapes,
                             .encoding = TypedMessage::Encoding::Latin1,
                             .hasCrLf = true};
    m_edit->setTyped(typed);
    memory.save(settings);
    settings.sync();
    m_edit->setBytes("");
    memory.restore(settings);
    QVERIFY(m_edit->typed() == typed);
}

void MessageEditTest::changesTheForm_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<MessageForm>("from");
    QTest::addColumn<MessageForm>("to");
    QTest::addColumn<QString>("expected");
    QTest::newRow("text to hex") << "Hé" << MessageForm::Text << MessageForm::Hex << "48 c3 a9";
    QTest::newRow("text to escapes") << "a\\n{b\n" << MessageForm::Text << MessageForm::Escapes << "a\\\\n{{b\\n";
    QTest::newRow("hex to text") << "48 C3A9" << MessageForm::Hex << MessageForm::Text << "Hé";
    QTest::newRow("hex to escapes") << "02 41 03" << MessageForm::Hex << MessageForm::Escapes << "\\x02A\\x03";
    QTest::newRow("escapes to hex") << "\\x02A" << MessageForm::Escapes << MessageForm::Hex << "02 41";
    QTest::newRow("field") << "02{crc32}" << MessageForm::Hex << MessageForm::Escapes << "\\x02{crc32}";
}

void MessageEditTest::changesTheForm()
{
    QFETCH(const QString, text);
    QFETCH(const MessageForm, from);
    QFETCH(const MessageForm, to);
    m_edit->setTyped({.text = text, .form = from});
    QSignalSpy changed(m_edit.get(), &MessageEdit::changed);
    m_edit->setForm(to);
    QVERIFY(!changed.isEmpty());
    QCOMPARE(m_edit->form(), to);
    QTEST(m_edit->typed().text, "expected");
}

void MessageEditTest::formThatCannotBeEdited_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<MessageForm>("from");
    QTest::addColumn<MessageForm>("to");
    QTest::newRow("bytes that no text has") << "00 ff" << MessageForm::Hex << MessageForm::Text;
    QTest::newRow("field") << "a{crc32}" << MessageForm::Escapes << MessageForm::Text;
    QTest::newRow("mistake") << "02 zz" << MessageForm::Hex << MessageForm::Escapes;
    QTest::newRow("long") << QString(6000, u'x') << MessageForm::Text << MessageForm::Hex;
}

void MessageEditTest::formThatCannotBeEdited()
{
    QFETCH(const QString, text);
    QFETCH(const MessageForm, from);
    QFETCH(const MessageForm, to);
    const TypedMessage typed{.text = text, .form = from};
    m_edit->setTyped(typed);
    QSignalSpy refused(m_edit.get(), &MessageEdit::refused);
    m_edit->setForm(to);
    QCOMPARE(refused.size(), 1);
    QVERIFY(m_edit->typed() == typed);
}

void MessageEditTest::mistakesAreMarked()
{
    m_edit->setTyped({.text = "ab", .form = MessageForm::Escapes});
    m_edit->moveCursor(QTextCursor::End);
    QTest::keyClicks(m_edit.get(), "\\q");
    QVERIFY(!m_edit->mistake().isEmpty());
    QCOMPARE(m_edit->extraSelections().size(), 1);
    QCOMPARE(m_edit->extraSelections().constFirst().cursor.selectedText(), "\\q");
    QTest::keyClick(m_edit.get(), Qt::Key_Backspace);
    QTest::keyClick(m_edit.get(), Qt::Key_N);
    QCOMPARE(m_edit->mistake(), QString());
    QCOMPARE(m_edit->bytes(), QByteArray("ab\n"));
    QVERIFY(m_edit->extraSelections().isEmpty());
    m_edit->setTyped({.text = "€", .encoding = TypedMessage::Encoding::Utf8});
    m_edit->setEncoding(TypedMessage::Encoding::Latin1);
    QVERIFY(!m_edit->mistake().isEmpty());
    m_edit->setTyped({.text = "a\nb"});
    m_edit->setCrLf(true);
    QCOMPARE(m_edit->bytes(), QByteArray("a\r\nb"));
}

/// More than can be edited.
void MessageEditTest::pastesInAForm()
{
    m_edit->setTyped({.text = "02", .form = MessageForm::Hex});
    m_edit->moveCursor(QTextCursor::End);
    paste(QString("ab ").repeated(10'000));
    QVERIFY(m_edit->isKeptWhole());
    QCOMPARE(m_edit->bytes(), '\x02' + QByteArray(10'000, '\xab'));
    m_edit->setTyped({.text = "02", .form = MessageForm::Hex});
    QSignalSpy refused(m_edit.get(), &MessageEdit::refused);
    paste(QString("abc ").repeated(10'000));
    QCOMPARE(refused.size(), 1);
    QCOMPARE(m_edit->bytes(), QByteArray("\x02"));
}

void MessageEditTest::showsTheNameOfAFile()
{
    m_edit->setTyped({.text = "/some/greeting.bin", .form = MessageForm::File, .content = "text"});
    QCOMPARE(m_edit->form(), MessageForm::File);
    QCOMPARE(m_edit->toPlainText(), "greeting.bin");
    QVERIFY(m_edit->toolTip().startsWith("4 B from the file /some/greeting.bin"));
    QCOMPARE(m_edit->bytes(), QByteArray("text"));
    m_edit->setForm(MessageForm::Text);
    QCOMPARE(m_edit->toPlainText(), "text");
    QVERIFY(!m_edit->isKeptWhole());
    m_edit->setTyped({.text = "/some/empty", .form = MessageForm::File});
    QVERIFY(m_edit->isKeptWhole() && m_edit->isEmpty());
}

void MessageEditTest::upAndDownWalkThroughWhatWasSent()
{
    m_edit->setTyped({.text = "02 03", .form = MessageForm::Hex});
    m_edit->addToHistory();
    m_edit->setTyped({.text = "two\nlines"});
    m_edit->addToHistory();
    m_edit->setBytes("draft");
    QTest::keyClick(m_edit.get(), Qt::Key_Up);
    QCOMPARE(m_edit->toPlainText(), "two\nlines");
    QTest::keyClick(m_edit.get(), Qt::Key_Up);
    QCOMPARE(m_edit->toPlainText(), "02 03");
    QCOMPARE(m_edit->form(), MessageForm::Hex);
    QTest::keyClick(m_edit.get(), Qt::Key_Up); // nothing is there
    QCOMPARE(m_edit->toPlainText(), "02 03");
    QTest::keyClick(m_edit.get(), Qt::Key_Down);
    QCOMPARE(m_edit->toPlainText(), "two\nlines");
    QTest::keyClick(m_edit.get(), Qt::Key_Up, Qt::ShiftModifier); // selects
    QCOMPARE(m_edit->toPlainText(), "two\nlines");
    m_edit->moveCursor(QTextCursor::Start);
    QTest::keyClick(m_edit.get(), Qt::Key_Down); // to its second line
    QCOMPARE(m_edit->toPlainText(), "two\nlines");
    QTest::keyClick(m_edit.get(), Qt::Key_Down);
    QCOMPARE(m_edit->toPlainText(), "draft");
}

REGISTER_TEST(MessageEditTest)

#include "tst_messageedit.moc"
