<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>NumberText</name>
    <message numerus="yes">
        <source>about %n seconds</source>
        <translation>
            <numerusform>about %n second</numerusform>
            <numerusform>about %n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minutes</source>
        <translation>
            <numerusform>about %n minute</numerusform>
            <numerusform>about %n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>minnow::AnswerPanel</name>
    <message numerus="yes">
        <source>First token after %1 ms · %2 tokens/s · %n token(s)</source>
        <translation>
            <numerusform>First token after %1 ms · %2 tokens/s · %n token</numerusform>
            <numerusform>First token after %1 ms · %2 tokens/s · %n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>minnow::ComparedRowsView</name>
    <message numerus="yes">
        <source>%n row(s) copied as a table</source>
        <translation>
            <numerusform>%n row copied as a table</numerusform>
            <numerusform>%n rows copied as a table</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>minnow::DataStage</name>
    <message numerus="yes">
        <source>%Ln row(s) were deleted.</source>
        <translation>
            <numerusform>%Ln row was deleted.</numerusform>
            <numerusform>%Ln rows were deleted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) have another split now.</source>
        <translation>
            <numerusform>%Ln row has another split now.</numerusform>
            <numerusform>%Ln rows have another split now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Taken back: %Ln row(s) are there again.</source>
        <translation>
            <numerusform>Taken back: %Ln row is there again.</numerusform>
            <numerusform>Taken back: %Ln rows are there again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Taken back: %Ln row(s) have gone again.</source>
        <translation>
            <numerusform>Taken back: %Ln row has gone again.</numerusform>
            <numerusform>Taken back: %Ln rows have gone again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>minnow::EvaluateStage</name>
    <message numerus="yes">
        <source>Cancelled: these are the figures of the %n row(s) answered by then; the report isn&apos;t kept.</source>
        <translation>
            <numerusform>Cancelled: these are the figures of the %n row answered by then; the report isn&apos;t kept.</numerusform>
            <numerusform>Cancelled: these are the figures of the %n rows answered by then; the report isn&apos;t kept.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>minnow::ImportView</name>
    <message numerus="yes">
        <source>%n of the first lines can&apos;t be read</source>
        <translation>
            <numerusform>%n of the first lines can&apos;t be read</numerusform>
            <numerusform>%n of the first lines can&apos;t be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) added</source>
        <translation>
            <numerusform>%Ln row added</numerusform>
            <numerusform>%Ln rows added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) were set aside because they can&apos;t be read</source>
        <translation>
            <numerusform>%Ln line was set aside because it can&apos;t be read</numerusform>
            <numerusform>%Ln lines were set aside because they can&apos;t be read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>minnow::MachineProbe</name>
    <message numerus="yes">
        <source>%1 · %n thread(s) · %2</source>
        <extracomment>device, threads, number format: &quot;CPU · 2 threads · bf16&quot;</extracomment>
        <translation>
            <numerusform>%1 · %n thread · %2</numerusform>
            <numerusform>%1 · %n threads · %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>minnow::ModelCard</name>
    <message numerus="yes">
        <source>%1 parameters · %n layer(s) · %2 · %3 on disk · whole</source>
        <translation>
            <numerusform>%1 parameters · %n layer · %2 · %3 on disk · whole</numerusform>
            <numerusform>%1 parameters · %n layers · %2 · %3 on disk · whole</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>minnow::RowPanel</name>
    <message numerus="yes">
        <source>%n would be cut</source>
        <translation>
            <numerusform>%n would be cut</numerusform>
            <numerusform>%n would be cut</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>minnow::RowTableModel</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>minnow::RunView</name>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln step</numerusform>
            <numerusform>%Ln steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>minnow::StartPage</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>minnow::StatusPanel</name>
    <message numerus="yes">
        <source>%Ln waiting</source>
        <translation>
            <numerusform>%Ln waiting</numerusform>
            <numerusform>%Ln waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>minnow::TryPage</name>
    <message numerus="yes">
        <source>%Ln text(s): %1</source>
        <translation>
            <numerusform>%Ln text: %1</numerusform>
            <numerusform>%Ln texts: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln text(s)</source>
        <translation>
            <numerusform>%Ln text</numerusform>
            <numerusform>%Ln texts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln lines, one text</source>
        <translation>
            <numerusform>%Ln line, one text</numerusform>
            <numerusform>%Ln lines, one text</numerusform>
        </translation>
    </message>
</context>
</TS>
