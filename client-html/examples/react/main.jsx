import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { useChannel, useHeddle } from './hooks.js';

function News({ heddle }) {
    const { publications, recovered } = useChannel(heddle, 'news', 10);
    return (
        <>
            <ul>
                {publications.map(({ epoch, offset, data }) => (
                    <li key={`${epoch} ${offset}`}>{data}</li>
                ))}
            </ul>
            {recovered === true && <p id="missed">Back. Nothing was missed.</p>}
            {recovered === false && <p id="missed">Back. Some news were missed and cannot be had.</p>}
        </>
    );
}

function App({ url, user }) {
    const [heddle, { state, sentence }] = useHeddle(url, user);
    const [isShown, setShown] = useState(true);
    return (
        <>
            <p id="state" role="status">
                {sentence || state}
            </p>
            <button onClick={() => setShown(!isShown)}>{isShown ? 'Hide' : 'Show'} the news</button>
            {isShown && <News heddle={heddle} />}
        </>
    );
}

const url = new URLSearchParams(location.search).get('server') ?? 'ws://127.0.0.1:8080/acc';
createRoot(document.getElementById('root')).render(
    <StrictMode>
        <App url={url} user="ann" />
    </StrictMode>,
);
